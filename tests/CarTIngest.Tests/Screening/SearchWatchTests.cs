using CarTIngest.Eligibility;
using CarTIngest.Screening;
using CsCheck;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Screening;

/// <summary>Which records of included studies are lost, and what is said to be the reason.</summary>
public sealed class SearchWatchTests
{
    private static readonly Criteria Met = new(CriterionAnswer.Met, CriterionAnswer.Met, CriterionAnswer.Met);
    private static readonly Criteria Silent = Met with { Population = CriterionAnswer.Silent };
    private static readonly ArmThen A = new("A", "aml[tiab] AND \"Humans\"[Mesh]", "aml[tiab] AND \"Humans\"[Mesh]", "understood", "understood");

    private static readonly WatchedReport Found = new(Id("pmid:1"), SourceSight.Given, ["A"], [], [], new WatchedVerdict(Verdict.Likely, Met, "book 1", null, []));

    [Fact]
    public void What_an_arm_matches_and_the_rulebook_calls_likely_is_not_lost() => Assert.Empty(Losses(Found));

    [Fact]
    public void A_left_record_names_the_arms_that_matched_it_and_the_mesh_that_went()
    {
        var loss = Lost(Found with { MatchedBy = [], MatchedBefore = [A], Edits = [new FieldEdit("mesh", """[{"descriptor":"Humans"},{"descriptor":"Mice"}]""", """[{"descriptor":"Mice"}]"""), new FieldEdit("lastUpdatePosted", "1", "2")] });

        Assert.Equal((LossKind.Strategy, "Matched until now by A. MeSH terms went: Humans (asked for by A)."), loss);
    }

    [Fact]
    public void Mesh_that_only_came_is_not_said_to_have_gone()
    {
        var loss = Lost(Found with { MatchedBy = [], MatchedBefore = [A], Edits = [new FieldEdit("mesh", null, """[{"descriptor":"Mice"}]""")] });

        Assert.Equal("Matched until now by A. MeSH terms came: Mice.", loss.Because);
    }

    [Theory]
    [InlineData("another", "understood", "The text of arm A was changed.")]
    [InlineData(null, null, "Arm A is asked no more.")]
    [InlineData("aml[tiab] AND \"Humans\"[Mesh]", "otherwise", "The source understands arm A otherwise than before; `cartingest search` shows how.")]
    [InlineData("aml[tiab] AND \"Humans\"[Mesh]", "understood", "Neither the arms nor the record changed as far as what is stored tells: the source matches otherwise than before.")]
    public void A_left_record_tells_a_changed_arm_from_a_source_that_matches_otherwise(string? now, string? understood, string says) =>
        Assert.Equal((LossKind.Strategy, $"Matched until now by A. {says}"), Lost(Found with { MatchedBy = [], MatchedBefore = [A with { Now = now, UnderstoodNow = understood }] }));

    [Fact]
    public void A_changed_title_is_named_and_a_bookkeeping_field_is_not()
    {
        var edits = new[] { new FieldEdit("title", "CAR-T in AML", "Cells"), new FieldEdit("status", "PubMed-not-MEDLINE", "MEDLINE") };

        Assert.Equal("Matched until now by A. Changed in the record: title.", Lost(Found with { MatchedBy = [], MatchedBefore = [A], Edits = edits }).Because);
    }

    [Fact]
    public void What_was_never_found_is_told_apart_from_what_left()
    {
        Assert.Equal((LossKind.Strategy, "No arm of the strategy matches it, and it is not held: the searches never found it."), Lost(Found with { Sight = SourceSight.NotHeld, MatchedBy = [], Judged = null }));
        Assert.StartsWith("No arm of the strategy matches it, and none ever did", Lost(Found with { MatchedBy = [] }).Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceSight.Missing, "Its source did not give it when asked for it by its id, so far in one state of its data. It goes on as pmid:2.")]
    [InlineData(SourceSight.Gone, "Its source has deleted or merged it. It goes on as pmid:2.")]
    public void What_the_source_does_not_give_is_lost_by_the_source_and_not_by_the_strategy_too(SourceSight sight, string says) =>
        Assert.Equal((LossKind.Source, says), Lost(Found with { Sight = sight, MatchedBy = [], MatchedBefore = [A], SourceSays = "It goes on as pmid:2." }));

    [Fact]
    public void Without_a_complete_census_nothing_is_said_of_searches_and_the_verdict_is()
    {
        var fallen = Fallen("book 1", []) with { IsSettled = false, MatchedBy = [] };

        Assert.Equal(LossKind.Verdict, Lost(fallen).Kind);
        Assert.Empty(Losses(Found with { IsSettled = false, MatchedBy = [], Sight = SourceSight.Missing }));
    }

    [Fact]
    public void A_verdict_that_fell_names_its_criterion_and_whether_rulebook_or_text_changed()
    {
        Assert.Equal("Likely before, possible by book 2: population silent, was met. The rulebook was book 1 then.", Lost(Fallen("book 2", [])).Because);
        Assert.Equal("Likely before, possible by book 1: population silent, was met. Changed in the record: abstract.", Lost(Fallen("book 1", [new FieldEdit("abstract", "a", "b")])).Because);
    }

    [Fact]
    public void A_second_record_that_never_was_likely_is_not_lost_and_a_study_without_any_is()
    {
        var erratum = Found with { Id = Id("pmid:2"), Judged = new WatchedVerdict(Verdict.Unlikely, Silent, "book 1", null, []) };

        Assert.Empty(Losses(Found, erratum));
        var possible = erratum with { Id = Id("pmid:3"), Judged = erratum.Judged! with { Verdict = Verdict.Possible } };
        var loss = Assert.Single(Losses(erratum, possible));
        Assert.Equal((Id("pmid:3"), LossKind.Verdict, "No record of the study is likely by book 1, and none ever was: possible, intervention met, population silent, design met."), (loss.Id, loss.Lost, loss.Because));
    }

    [Fact]
    public void Any_order_of_studies_and_records_gives_the_same_losses_and_each_once()
    {
        var report = Gen.Select(Gen.Int[1, 6], Gen.Enum<SourceSight>(), Gen.Bool, Gen.Bool, Gen.Bool, (id, sight, matched, likely, before) => new WatchedReport(
            Id($"pmid:{id}"), sight, matched ? ["A"] : [], [], [], new WatchedVerdict(likely ? Verdict.Likely : Verdict.Possible, Silent, "book", before ? new LikelyBefore(Met, "book") : null, [])));
        var worlds = Gen.Select(report.Array[1, 4].Select(reports => reports.DistinctBy(one => one.Id).ToArray()).Array[1, 3], Gen.Int);

        worlds.Sample((studies, seed) =>
        {
            // One record is one and the same wherever it stands.
            var known = studies.SelectMany(reports => reports).GroupBy(one => one.Id).ToDictionary(same => same.Key, same => same.First());
            var watched = studies.Select((reports, index) => new WatchedStudy($"study {index}", [.. reports.Select(one => known[one.Id])])).ToList();
            var losses = SearchWatch.Losses(watched);

            Assert.Equal(losses.Count, losses.DistinctBy(loss => (loss.Id, loss.Lost)).Count());
            Assert.All(losses, loss => Assert.NotEqual("", loss.Because));
            var random = new Random(seed);
            var shuffled = watched.Select(study => study with { Reports = [.. study.Reports.OrderBy(_ => random.Next())] }).OrderBy(_ => random.Next()).ToList();
            Assert.Equal(losses, SearchWatch.Losses(shuffled));
            Assert.All(known.Values.Where(one => one is { Sight: SourceSight.Given, MatchedBy.Count: 0 }), one => Assert.Contains(losses, loss => loss.Id == one.Id && loss.Lost == LossKind.Strategy));
        }, iter: 300);
    }

    private static WatchedReport Fallen(string book, IReadOnlyList<FieldEdit> edits) => Found with { Judged = new WatchedVerdict(Verdict.Possible, Silent, book, new LikelyBefore(Met, "book 1"), edits) };

    private static (LossKind Kind, string Because) Lost(WatchedReport report) => Assert.Single(Losses(report)) is var loss ? (loss.Lost, loss.Because) : default;

    private static IReadOnlyList<Loss> Losses(params WatchedReport[] reports) => SearchWatch.Losses([new WatchedStudy("pmid:1", reports)]);
}
