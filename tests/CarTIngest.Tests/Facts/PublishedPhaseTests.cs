using CarTIngest.Facts;
using static CarTIngest.Tests.Facts.FactText;

namespace CarTIngest.Tests.Facts;

public sealed class PublishedPhaseTests
{
    [Theory]
    [InlineData("This trial found the recommended phase 2 dose.")]
    [InlineData("We treated six patients; a phase 3 trial is planned.")]
    [InlineData("We await the subsequent phase 2 study.")]
    [InlineData("Phase 1 trials have been done elsewhere with CAR-T cells.")]
    [InlineData("We treated patients in chronic phase and in accelerated phase.")]
    [InlineData("Our patients were in blast phase 2 months before.")]
    [InlineData("We saw a drop in the S phase 12 hours after infusion.")]
    [InlineData("In this phase 1 trial we gave CAR-T cells. Our phase 2 trial had six patients.")]
    public void Silent_where_the_phase_is_not_this_trials(string text) => Assert.Null(Said(text, FactKind.Phase));

    [Theory]
    [InlineData("In this phase 1 trial six patients were infused.", "PHASE1")]
    [InlineData("We conducted a phase I study.", "PHASE1")]
    [InlineData("We conducted a phase Ib study.", "PHASE1")]
    [InlineData("We conducted a phase 1b dose-escalation study.", "PHASE1")]
    [InlineData("This phase I/II trial tests CAR-T cells.", "PHASE1; PHASE2")]
    [InlineData("This phase 1/2a trial tests CAR-T cells.", "PHASE1; PHASE2")]
    [InlineData("This phase 1–2 trial tests CAR-T cells.", "PHASE1; PHASE2")]
    [InlineData("We report phases 1 and 2 of the trial.", "PHASE1; PHASE2")]
    [InlineData("This early phase 1 trial tests CAR-T cells.", "EARLY_PHASE1")]
    [InlineData("We conducted a phase 1 dose escalation.", "PHASE1")]
    public void Read_of_a_sentence_on_this_work(string text, string phase) => Assert.Equal(phase, Said(text, FactKind.Phase));

    [Theory]
    [InlineData("CD33 CAR-T cells in AML: a phase 1 trial", "PHASE1")]
    [InlineData("CD33 CAR-T cells in AML: results of the phase Ⅰ trial", "PHASE1")]
    [InlineData("What phase 1 trials of CAR-T cells in AML have shown", null)]
    [InlineData("Recommended phase 2 dose of CD33 CAR-T cells", null)]
    public void The_title_is_read_first(string title, string? phase) => Assert.Equal(phase, Of(Paper("Six were infused.", title), FactKind.Phase));

    [Fact]
    public void The_publication_types_are_read_before_the_abstract()
    {
        var fact = FactsOf(Paper("In this phase 3 trial six were infused.", Title, "Journal Article", "Clinical Trial, Phase II", "Clinical Trial, Phase I")).Single(fact => fact.Kind == FactKind.Phase);

        Assert.Equal("PHASE1; PHASE2", fact.Text);
        Assert.Equal(["publicationTypes[2]", "publicationTypes[1]"], fact.Quotes.Select(quote => quote.Field));
    }

    [Fact]
    public void A_review_has_no_phase_and_no_patients_of_its_own() =>
        Assert.DoesNotContain(FactsOf(Paper("In this phase 1 trial 24 patients were enrolled in Germany.", Title, "Review")), fact => fact.Kind is FactKind.Phase or FactKind.Enrollment or FactKind.Country);
}
