using CarTIngest.Matching;

namespace CarTIngest.Tests.Matching;

public sealed class CitationComparisonTests
{
    private static readonly Citation Paper = new()
    {
        Key = "pmid:1",
        Title = "Engineered T cells against XA11 in relapsed acute myeloid leukemia: a phase 1 trial",
        Authors = ["Brabek, Anna", "Corlund, J. P.", "Delmota, K"],
        Year = 2021,
        Journal = "Journal of Invented Hematology",
        Volume = "12",
        Pages = "301-310",
    };

    [Fact]
    public void One_DOI_is_one_record_whatever_else_is_written_differently() =>
        Same(Paper with { Doi = "10.9999/ABC" }, new() { Key = "x", Title = "ENGINEERED T-CELLS AGAINST XA11 IN RELAPSED ACUTE MYELOID LEUKAEMIA", Doi = "https://doi.org/10.9999/abc" });

    [Fact]
    public void One_PMID_is_one_record() => Same(Paper with { Pmid = 5 }, new() { Key = "x", Title = "something else", Pmid = 5 });

    [Fact]
    public void One_DOI_over_two_titles_is_an_error_of_an_export() =>
        Not(Paper with { Doi = "10.9999/abc" }, Paper with { Key = "x", Doi = "10.9999/abc", Title = "Cord blood registries in the far north", Authors = ["Zanwick, B"], Year = 2018, Pages = "7" });

    [Fact]
    public void Abbreviated_journal_and_initials_do_not_part_one_record() =>
        Same(Paper, Paper with { Key = "x", Journal = "J Invent Hematol", Authors = ["Brabek A", "Corlund JP", "Delmota K"], Pages = "301-10" });

    [Theory]
    [InlineData("Erratum: Engineered T cells against XA11 in relapsed acute myeloid leukemia: a phase 1 trial")]
    [InlineData("Author Correction: Engineered T cells against XA11 in relapsed acute myeloid leukemia: a phase 1 trial")]
    [InlineData("Retraction: Engineered T cells against XA11 in relapsed acute myeloid leukemia: a phase 1 trial")]
    [InlineData("Comment on: Engineered T cells against XA11 in relapsed acute myeloid leukemia: a phase 1 trial")]
    [InlineData("Author reply to: Engineered T cells against XA11 in relapsed acute myeloid leukemia: a phase 1 trial")]
    public void What_speaks_of_a_paper_is_not_the_paper(string title) => Not(Paper, Paper with { Key = "x", Title = title });

    [Fact]
    public void PubMeds_type_tells_an_erratum_that_its_title_hides() => Not(Paper, Paper with { Key = "x", Types = ["Published Erratum"] });

    [Fact]
    public void A_note_that_an_erratum_exists_is_not_the_erratum() => Same(Paper, Paper with { Key = "x", Title = Paper.Title + " [Erratum appears in J Invent Hematol. 2022;13:1]" });

    [Theory]
    [InlineData("Leukemia cohorts of Nowhere, part I", "Leukemia cohorts of Nowhere, part II")]
    [InlineData("Results of trial 9806 in myeloid leukemia of adults", "Results of trial 9904 in myeloid leukemia of adults")]
    [InlineData("Anti-XA11 CAR T cells in myeloid leukemia", "Anti-XB27 CAR T cells in myeloid leukemia")]
    public void Titles_that_number_different_things_are_two_works(string first, string second) => Not(Paper with { Title = first }, Paper with { Key = "x", Title = second });

    [Fact]
    public void A_meetings_abstract_is_not_the_whole_paper() =>
        Not(Paper, Paper with { Key = "x", Year = 2020, Volume = "11", Issue = "Suppl 1", Pages = "S14" });

    [Fact]
    public void The_same_words_in_another_journal_are_two_works() => Not(Paper with { Volume = null, Pages = null }, Paper with { Key = "x", Journal = "Cell Letters", Volume = null, Pages = null });

    [Fact]
    public void A_preprint_and_its_paper_are_two_records_that_are_linked()
    {
        var preprint = Paper with { Key = "pre", Types = ["Preprint"], Journal = "medRxiv : the preprint server for health sciences", Doi = "10.1101/2020.05.01.20080000", Year = 2020, Volume = null, Pages = null };
        var match = CitationComparison.Compare(Paper with { Doi = "10.9999/abc" }, preprint);
        Assert.Equal((CitationRelation.PreprintOf, "pre", "pmid:1"), (match.Relation, match.First, match.Second));
    }

    [Fact]
    public void Two_versions_of_one_preprint_are_one_record() => Same(
        Paper with { Journal = "bioRxiv", Doi = "10.1101/2020.05.01.123456v1" }, Paper with { Key = "x", Journal = "bioRxiv", Doi = "10.1101/2020.05.01.123456v2" });

    [Fact]
    public void Every_part_shows_both_values_and_its_points()
    {
        var match = CitationComparison.Compare(Paper, Paper with { Key = "x", Year = 2022, Volume = "13", Pages = "5-9" });
        Assert.Equal(CitationRelation.Unsure, match.Relation);
        Assert.Equal(match.Score, match.Parts.Sum(part => part.Points), 6);
        var pages = Assert.Single(match.Parts, part => part.Part == "pages");
        Assert.Equal(("301-310", "5-9"), (pages.First, pages.Second));
        Assert.True(pages.Points < 0);
        Assert.InRange(match.Score, CitationComparison.AskFrom, CitationComparison.JoinFrom);
    }

    [Fact]
    public void Nothing_in_common_but_a_missing_title_is_no_duplicate() => Not(Paper with { Title = "UNKNOWN" }, Paper with { Key = "x", Title = "" });

    private static void Same(Citation a, Citation b) => Assert.Equal(CitationRelation.Same, CitationComparison.Compare(a, b).Relation);

    private static void Not(Citation a, Citation b)
    {
        Assert.NotEqual(CitationRelation.Same, CitationComparison.Compare(a, b).Relation);
        Assert.NotEqual(CitationRelation.Same, CitationComparison.Compare(b, a).Relation);
    }
}
