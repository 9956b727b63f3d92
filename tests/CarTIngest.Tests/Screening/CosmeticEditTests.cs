using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

public sealed class CosmeticEditTests
{
    [Theory]
    [InlineData("Acute  Myeloid\nLeukemia", "acute myeloid leukemia")]
    [InlineData("relapsed/refractory", "Relapsed, refractory.")]
    [InlineData("leukemia", "leukaemia")]
    [InlineData("randomised tumour", "randomized tumor")]
    [InlineData("refactory disease", "refractory disease")]
    [InlineData("""["AML","Leukemia, Myeloid"]""", """["leukaemia myeloid","AML"]""")]
    [InlineData("""[{"name":"CAR-T\ncells","type":"DRUG"}]""", """[{"name":"CAR-T cells","type":"DRUG"}]""")]
    [InlineData(null, " ")]
    public void Is_cosmetic(string? from, string? to)
    {
        Assert.True(CosmeticEdit.Is(from, to));
        Assert.True(CosmeticEdit.Is(to, from));
    }

    [Theory]
    [InlineData("CD7", "CD70")]
    [InlineData("CD33+", "CD33-")]
    [InlineData("AML", "ALL")]
    [InlineData("age < 18", "age > 18")]
    [InlineData("typical", "atypical")]
    [InlineData("symptomatic", "asymptomatic")]
    [InlineData("18 years", "16 years")]
    [InlineData("allogeneic", "autologous")]
    [InlineData("relapsed AML", "relapsed or refractory AML")]
    [InlineData("Inclusion: AML. Exclusion: APL", "Inclusion: APL. Exclusion: AML")]
    [InlineData("""["AML"]""", """["AML","ALL"]""")]
    [InlineData("""["PHASE1"]""", """["PHASE2"]""")]
    [InlineData("[sic] AML", "[sic] ALL")]
    [InlineData(null, "AML")]
    public void Is_not_cosmetic(string? from, string? to)
    {
        Assert.False(CosmeticEdit.Is(from, to));
        Assert.False(CosmeticEdit.Is(to, from));
    }
}
