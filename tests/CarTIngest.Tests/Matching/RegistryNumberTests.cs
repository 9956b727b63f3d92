using CarTIngest.Matching;

namespace CarTIngest.Tests.Matching;

public sealed class RegistryNumberTests
{
    [Theory]
    [InlineData("registered (NCT03018405).", "nct:NCT03018405", "NCT03018405")]
    [InlineData("as nct 03018405 at", "nct:NCT03018405", "nct 03018405")]
    [InlineData("NCT‑03018405", "nct:NCT03018405", "NCT‑03018405")]
    [InlineData("EudraCT 2015-001234-56;", "eudract:2015-001234-56", "2015-001234-56")]
    [InlineData("EU CT 2022-501884-41-00", "ctis:2022-501884-41", "2022-501884-41-00")]
    [InlineData("ChiCTR-OPN-16008526", "chictr:16008526", "ChiCTR-OPN-16008526")]
    [InlineData("ChiCTR2000041450", "chictr:2000041450", "ChiCTR2000041450")]
    [InlineData("jRCT2033210140", "jrct:2033210140", "jRCT2033210140")]
    [InlineData("UMIN000012345", "umin:12345", "UMIN000012345")]
    [InlineData("NCI-2013-01234", "nci:2013-01234", "NCI-2013-01234")]
    [InlineData("CTRI/2019/05/019000", "ctri:2019/05/019000", "CTRI/2019/05/019000")]
    [InlineData("ISRCTN12345678", "isrctn:12345678", "ISRCTN12345678")]
    public void Reads_a_number_and_where_it_stands(string text, string number, string slice)
    {
        var found = Assert.Single(RegistryNumber.In(text));
        Assert.Equal((number, slice), (found.Number.Text, text.Substring(found.Offset, found.Length)));
    }

    [Theory]
    [InlineData("NCT00000000")]
    [InlineData("NCT0301840")]
    [InlineData("NCT030184055")]
    [InlineData("FUNCT01234567")]
    [InlineData("tel. 2015-001234-567")]
    [InlineData("R01CA123456 and P30CA016672")]
    [InlineData("GSE12345, PRJNA123456")]
    [InlineData("ChiCTRials")]
    public void Takes_nothing_else_for_one(string text) => Assert.Empty(RegistryNumber.In(text));

    [Fact]
    public void Reads_every_number_of_a_list() =>
        Assert.Equal(["nct:NCT03018405", "nct:NCT03018406", "chictr:1900025419"], RegistryNumber.In("NCT03018405/NCT03018406, ChiCTR1900025419").Select(found => found.Number.Text));
}
