using CarTIngest.Matching;
using CarTIngest.Records;

namespace CarTIngest.Tests.Matching;

public sealed class TrialLinkerTests
{
    private static readonly Trial Trial = new()
    {
        NctId = "NCT90000001",
        BriefTitle = "ZQ-481 in Relapsed or Refractory AML",
        OfficialTitle = "A Phase 1 Study of ZQ-481, T Cells Redirected to XA11, in Relapsed or Refractory Acute Myeloid Leukemia",
        Phases = ["PHASE1"],
        Start = Date("2018-03"),
        PrimaryCompletion = Date("2020-06"),
        Enrollment = new(14, "ACTUAL"),
    };

    private static readonly Publication Paper = new()
    {
        Pmid = 70000001,
        Title = "XA11-directed T cells in acute myeloid leukemia",
        Abstract = [new("RESULTS", "Six patients were infused.")],
        Published = Date("2021-02"),
        PublicationTypes = ["Journal Article"],
        Authors = [new() { Last = "Brabek", Initials = "A" }],
    };

    [Fact]
    public void A_databank_number_joins_for_certain()
    {
        var link = Joined(Paper with { RegistryNumbers = ["NCT90000001"] }, Trial);
        Assert.Equal((LinkKind.ReportOf, ClueStrength.Certain), (link.Kind, link.Strength));
        var clue = Assert.Single(link.Clues);
        Assert.Equal(("databank", "nct:NCT90000001", Paper.Id), (clue.Clue, clue.Number, clue.ReadIn));
    }

    [Theory]
    [InlineData("ClinicalTrials.gov, NCT90000001.")]
    [InlineData("Here we report the ongoing phase 1 trial NCT 90000001.")]
    [InlineData("We planned this trial (NCT90000001) for adults.")]
    public void A_number_in_the_abstract_joins(string sentence) => Assert.Equal(ClueStrength.Strong, Joined(With(sentence), Trial).Strength);

    [Theory]
    [InlineData("A larger trial (NCT90000001) is planned.")]
    [InlineData("Six were infused. Another trial at our centre is NCT90000001.")]
    [InlineData("A randomized phase 2 trial is ongoing (NCT90000001).")]
    public void A_number_of_another_trial_is_only_proposed(string sentence) => Assert.NotEmpty(OnlyProposed(With(sentence), Trial).Clues);

    [Fact]
    public void A_number_in_title_or_keywords_joins()
    {
        Joined(Paper with { Title = "Results of NCT90000001" }, Trial);
        Joined(Paper with { Keywords = ["leukemia", "nct90000001"] }, Trial);
    }

    [Fact]
    public void The_sponsors_own_RESULT_reference_joins() =>
        Assert.Equal("registry reference", Joined(Paper, Trial with { References = [new(Paper.Pmid, "RESULT", "Brabek A. XA11.")] }).Clues[0].Clue);

    [Fact]
    public void A_DERIVED_reference_alone_is_proposed_and_joins_where_the_texts_agree()
    {
        var derived = Trial with { References = [new(Paper.Pmid, "DERIVED", "Brabek A. XA11.")] };
        OnlyProposed(Paper with { Title = "A note on cytokines", Abstract = [] }, derived);
        var link = Joined(Paper with { Title = "ZQ-481, T cells redirected to XA11, in relapsed or refractory acute myeloid leukemia: a phase 1 study", Abstract = [new(null, "ZQ-481 was given to 14 patients.")] }, derived, "ZQ-481", "XA11");
        Assert.Equal(["agreement", "registry reference"], link.Clues.Select(clue => clue.Clue));
    }

    [Fact]
    public void A_BACKGROUND_reference_links_nothing()
    {
        var links = Link([Paper, Trial with { References = [new(Paper.Pmid, "BACKGROUND", "Brabek A. XA11.")] }]);
        Assert.Empty(links.Links);
        Assert.DoesNotContain(links.Proposals, proposal => proposal.Clues.Count > 0);
    }

    [Theory]
    [InlineData("Review")]
    [InlineData("Meta-Analysis")]
    [InlineData("Editorial")]
    [InlineData("Practice Guideline")]
    public void A_review_becomes_no_report_by_its_numbers(string type)
    {
        var proposal = OnlyProposed(Paper with { RegistryNumbers = ["NCT90000001"], PublicationTypes = ["Journal Article", type] }, Trial with { References = [new(Paper.Pmid, "RESULT", null)] });
        Assert.All(proposal.Clues, clue => Assert.Contains(type, clue.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("T cells in AML: a systematic review")]
    [InlineData("Review: T cells in AML")]
    [InlineData("T cells in AML: a review")]
    [InlineData("Guidelines for T cells in AML")]
    [InlineData("Remission after T cells in AML: a meta-analysis")]
    public void A_review_that_PubMed_has_not_typed_yet_is_known_by_its_title(string title) => OnlyProposed(Paper with { Title = title, RegistryNumbers = ["NCT90000001"] }, Trial);

    [Theory]
    [InlineData("Remission after T cells in AML: case report and review of the literature")]
    [InlineData("Compliance with guidelines in AML: a prospective study")]
    [InlineData("Central review of remissions after T cells in AML")]
    public void A_report_that_speaks_of_reviews_stays_a_report(string title) => Joined(Paper with { Title = title, RegistryNumbers = ["NCT90000001"] }, Trial);

    [Fact]
    public void A_paper_with_many_numbers_becomes_no_report_and_a_pooled_one_of_three_does()
    {
        OnlyProposed(Paper with { RegistryNumbers = ["NCT90000001", "NCT90000002", "NCT90000003", "NCT90000004"] }, Trial);
        Joined(Paper with { RegistryNumbers = ["NCT90000001", "NCT90000002", "NCT90000003", "ChiCTR1900025419"] }, Trial);
    }

    [Fact]
    public void A_paper_that_many_registrations_claim_is_only_proposed()
    {
        var claiming = Enumerable.Range(1, 4).Select(at => Trial with { NctId = $"NCT9000000{at}", References = [new(Paper.Pmid, "RESULT", null)] }).ToList();
        Assert.Empty(Link([Paper, .. claiming]).Links);
        Assert.Equal(3, Link([Paper, .. claiming.Take(3)]).Links.Count);
    }

    [Fact]
    public void A_second_registrys_number_joins_paper_and_registrations()
    {
        var here = Trial with { SecondaryIds = [new("EUDRACT_NUMBER", "2017-001234-56")] };
        var there = Trial with { NctId = "NCT90000002", SecondaryIds = [new("REGISTRY", "2017-001234-56")] };
        var links = Link([here, there, With("EudraCT 2017-001234-56.")]).Links;
        Assert.Equal([LinkKind.SameTrial, LinkKind.ReportOf, LinkKind.ReportOf], links.Select(link => link.Kind));
        Assert.Equal(["number in text", "secondary number"], links[1].Clues.Select(clue => clue.Clue).Order());
    }

    [Fact]
    public void Grants_and_protocol_numbers_that_trials_share_join_nothing() => Assert.Empty(Link(
    [
        Trial with { SecondaryIds = [new("NIH", "P30CA016672"), new("OTHER", "2017-0112")] },
        Trial with { NctId = "NCT90000002", SecondaryIds = [new("NIH", "P30CA016672"), new("OTHER", "2017-0112")] },
    ]).Links);

    [Fact]
    public void A_parent_studys_number_among_the_secondary_ones_is_only_proposed()
    {
        var links = Link([Trial, Trial with { NctId = "NCT90000002", SecondaryIds = [new("REGISTRY", "NCT90000001")] }]);
        Assert.Empty(links.Links);
        Assert.Equal(LinkKind.SameTrial, Assert.Single(links.Proposals).Kind);
    }

    [Fact]
    public void A_paper_is_weak_where_the_number_it_shares_is_weak()
    {
        var carried = Trial with { SecondaryIds = [new("REGISTRY", "ChiCTR1900025419")] };
        OnlyProposed(Paper with { PublicationTypes = ["Review"], RegistryNumbers = ["ChiCTR1900025419"] }, carried);
    }

    [Fact]
    public void An_obsolete_number_leads_to_the_registration_that_bears_it_now() =>
        Assert.Equal(["alias", "databank"], Joined(Paper with { RegistryNumbers = ["NCT80000009"] }, Trial with { Aliases = ["NCT80000009"] }).Clues.Select(clue => clue.Clue).Order());

    [Fact]
    public void An_update_joins_preprint_and_paper_whatever_became_of_the_title()
    {
        var preprint = Paper with { Pmid = 60000001, Title = "Early notes on XA11", PublicationTypes = ["Preprint"], Corrections = [new("UpdateIn", Paper.Pmid, null)] };
        var link = Assert.Single(Link([preprint, Paper]).Links);
        Assert.Equal((LinkKind.PreprintOf, "update"), (link.Kind, link.Clues[0].Clue));
    }

    [Fact]
    public void A_number_that_nothing_held_carries_is_named() =>
        Assert.Equal(("chictr:1900025419", Paper.Id), (Link([With("ChiCTR1900025419")]).Unheld.Select(unheld => (unheld.Number, unheld.Clues[0].ReadIn)).Single()));

    [Fact]
    public void A_paper_before_the_trials_start_is_not_proposed_where_a_later_one_is()
    {
        string[] names = ["ZQ-481", "XA11"];
        var late = Paper with { Title = "ZQ-481 in AML", Published = Date("2021-02") };
        Assert.Single(Link([late, Trial], names).Proposals);
        Assert.Empty(Link([late with { Published = Date("2015-02") }, Trial], names).Proposals);
    }

    private static Publication With(string sentence) => Paper with { Abstract = [.. Paper.Abstract, new("REGISTRATION", sentence)] };

    private static Link Joined(Publication paper, Trial trial, params string[] names)
    {
        var links = Link([paper, trial], names);
        var link = Assert.Single(links.Links);
        Assert.DoesNotContain(links.Proposals, proposal => proposal.Pair == link.Pair);
        StoredText.AssertSlices(link.Clues, new SourceRecord[] { paper, trial }.ToDictionary(record => record.Id));
        return link;
    }

    private static Proposal OnlyProposed(Publication paper, Trial trial)
    {
        var links = Link([paper, trial]);
        Assert.Empty(links.Links);
        return Assert.Single(links.Proposals);
    }

    private static LinkSet Link(IReadOnlyList<SourceRecord> records, params string[] names) => TrialLinker.Link(
        records, record => names.Where(name => RecordJson.Write(record).Contains(name, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal), CancellationToken.None);

    private static PartialDate Date(string text) => PartialDate.TryParse(text, out var date) ? date : throw new FormatException(text);
}
