using CarTIngest.Facts;
using static CarTIngest.Tests.Facts.FactText;

namespace CarTIngest.Tests.Facts;

public sealed class ProductNamesTests
{
    [Theory]
    [InlineData("Patients who had received tisagenlecleucel before were given CD33 CAR-T cells.", null)]
    [InlineData("LX-77 was given with CD33 CAR-T cells.", null)]
    [InlineData("Six patients with TP53 and FLT3 mutations received CAR-T cells.", null)]
    [InlineData("Six patients received CAR-T cells (CD33).", null)]
    [InlineData("Six patients received CAR-T cells (NCT97000001).", null)]
    [InlineData("Six patients received CD4+ CAR-T cells.", null)]
    [InlineData("Six patients received PRGN-3006 at dose level 1.", "PRGN-3006")]
    [InlineData("LX-77, an autologous CD33-directed CAR-T product, was given to six patients.", "LX-77")]
    [InlineData("LX-77 is a novel CAR-T product.", "LX-77")]
    [InlineData("Six patients received CD33 CAR-T cells (LX77).", "LX77")]
    public void Read_of_a_publication(string text, string? product) => Assert.Equal(product, Said(text, FactKind.Product));

    [Fact]
    public void A_registrations_own_name_stands_where_the_lexicon_has_none()
    {
        var fact = FactsOf(Study(Title, null, "Fludarabine", "CLL1-targeted CAR-T cells ")).Single(fact => fact.Kind == FactKind.Product);

        Assert.Equal("CLL1-targeted CAR-T cells ", fact.Text);
        Assert.Equal("interventions[1].name", Assert.Single(fact.Quotes).Field);
    }

    [Fact]
    public void The_lexicons_name_stands_before_others() => Assert.Equal("CYAD-01", Of(Study("NKR-2 in AML", null, "CAR-T cells, NKR-2"), FactKind.Product));
}
