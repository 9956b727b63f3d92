using CarTIngest.Facts;
using static CarTIngest.Tests.Facts.FactText;

namespace CarTIngest.Tests.Facts;

public sealed class CellSourceTests
{
    [Theory]
    [InlineData("Twelve patients had relapsed after allogeneic stem cell transplantation and received CAR-T cells.")]
    [InlineData("A prior allogeneic transplant was followed by infusion of CD33 CAR-T cells in six patients.")]
    [InlineData("CD33 CAR-T cells bridged four patients to allogeneic hematopoietic stem cell transplantation.")]
    [InlineData("Patients with autologous or allogeneic HSCT before CAR-T infusion were eligible.")]
    [InlineData("One patient received a donor lymphocyte infusion after CAR-T cells.")]
    [InlineData("Chimerism of donor cells was full before CAR-T infusion in three patients.")]
    [InlineData("Healthy donor CAR-T cells lysed AML blasts in vitro.")]
    [InlineData("CAR-T cells made from healthy donors killed AML cell lines.")]
    [InlineData("CD33 CAR-T cells persisted longer than autologous CAR-T cells.")]
    [InlineData("Unlike conventional autologous CAR-T cells, the product was ready at once, and 6 patients were infused.")]
    [InlineData("We tested our own CAR-T product in six patients.")]
    [InlineData("CAR-T cells were given and healthy donors served as controls.")]
    [InlineData("CAR-T cells with a universal adapter receptor were given to six patients.")]
    [InlineData("Six patients received CAR-T cells; third-party virus-specific T cells were at hand.")]
    [InlineData("Universal precautions were taken before CAR-T infusion.")]
    [InlineData("Off-the-shelf antibodies were used to detect CAR-T cells in blood.")]
    [InlineData("Blood of a haploidentical donor was stored before CAR-T infusion.")]
    public void Silent_where_the_words_speak_of_something_else(string sentence) => Assert.Null(Said(sentence, FactKind.CellSource));

    [Theory]
    [InlineData("Six patients received autologous CAR-T cells.", "autologous")]
    [InlineData("Six patients received autologous, CD33-directed, second-generation CAR T cells.", "autologous")]
    [InlineData("Autologous T cells were transduced with a lentiviral CD33 CAR and infused into six patients.", "autologous")]
    [InlineData("CAR-T cells were manufactured from the patients' own T cells and infused.", "autologous")]
    [InlineData("Six patients received allogeneic anti-CD7 CAR-T cells.", "allogeneic")]
    [InlineData("Six patients received off-the-shelf CD123 CAR-T cells.", "allogeneic")]
    [InlineData("Six patients received donor-derived CD7 CAR-T cells.", "allogeneic")]
    [InlineData("Six patients received universal CD33/CLL-1 CAR-T cells.", "allogeneic")]
    [InlineData("CD7 CAR-T cells derived from HLA-matched sibling donors were given to six patients.", "allogeneic")]
    [InlineData("CD33 CAR-T cells manufactured from a haploidentical donor were infused into six patients.", "allogeneic")]
    [InlineData("Six patients received haploidentical CAR‑T cells.", "allogeneic")]
    [InlineData("Six patients received autologous or donor-derived CAR-T cells.", "autologous; allogeneic")]
    public void Read_where_the_word_stands_at_the_cells_that_are_given(string sentence, string source) => Assert.Equal(source, Said(sentence, FactKind.CellSource));

    [Theory]
    [InlineData("Autologous CD33 CAR-T in AML", null, "autologous")]
    [InlineData("CD7 CAR-T in AML", "Universal CD7 CAR-T cells", "allogeneic")]
    [InlineData("CD7 CAR-T in AML", "allogeneic donor CD7 CAR-T", "allogeneic")]
    [InlineData("CAR-T for AML relapsed after allogeneic transplantation", "CD33 CAR-T cells", null)]
    [InlineData("AUTOLOGOUS STEM CELL TRANSPLANTATION AND CD33 CAR T CELLS IN AML", null, null)]
    [InlineData("Autologous EGFRvIII CAR T cells", null, "autologous")]
    [InlineData("CD7 CAR-T in AML", "CD7 CAR-T cells (autologous)", "autologous")]
    [InlineData("CD7 CAR-T in AML", "CD7 CAR-T cells, autologous transplantation", null)]
    [InlineData("CD7 chimeric antigen receptor expressed on autologous T cells", null, "autologous")]
    [InlineData("CD7 CAR-T cells and donor T cells in AML", null, null)]
    [InlineData("UniCAR02-T-CD123 in AML", "Universal CAR-T cells with an adapter", null)]
    public void Read_of_a_registrations_title_and_interventions(string title, string? intervention, string? source) =>
        Assert.Equal(source, Of(Study(title, null, intervention is null ? [] : [intervention]), FactKind.CellSource));

    [Fact]
    public void What_a_summary_tells_of_other_products_does_not_count_beside_the_title() =>
        Assert.Equal("allogeneic", Of(Study("Allogeneic CD7 CAR-T in AML", "Patients receive CAR-T cells made from their own cells today."), FactKind.CellSource));

    [Fact]
    public void Quotes_the_word_with_the_cells() =>
        Assert.Equal("allogeneic, γδ CAR T", Assert.Single(FactsOf(Paper("Six patients received allogeneic, γδ CAR T infusions.")).Single(fact => fact.Kind == FactKind.CellSource).Quotes).Text);
}
