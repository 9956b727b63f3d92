using System.Security.Cryptography;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Screening;
using CsCheck;
using static CarTIngest.Tests.Screening.Votes;

namespace CarTIngest.Tests.Screening;

public sealed class DecisionChainTests
{
    private static readonly IReadOnlyList<Decision> Sound = Chain(
    [
        Vote("Ada", Choice.Include), Vote("Ben", Choice.Exclude, "no_aml"), Settle("Cleo", Choice.Include), new("Ada", "nct:NCT99000001", new TieDeclared("its investigator")),
        new("Ada", Paper, new FullTextFound(FullTextState.Obtained, "https://example.org/1")), Undo("Ben"), new("Ada", "study 1", new Classed(StudyClass.Ongoing)),
    ]);

    [Fact]
    public void A_chain_that_was_written_holds() => Assert.Null(DecisionChain.Check(Sound));

    [Fact]
    public void An_altered_event_is_found_by_its_number() => Gen.Select(Gen.Int[0, Sound.Count - 1], Gen.Int[0, 6]).Sample(
        (at, part) =>
        {
            var was = Sound[at];
            var altered = part switch
            {
                0 => was with { By = was.By + "x" },
                1 => was with { At = was.At.AddMilliseconds(1) },
                2 => was with { Subject = "pmid:2" },
                3 => was with { Payload = was.Payload.Replace("}", " }", StringComparison.Ordinal) },
                4 => was with { Kind = was.Kind == "vote" ? "adjudication" : "vote" },
                5 => was with { Previous = new string('a', 64) },
                _ => was with { Hash = new string('b', 64) },
            };
            return DecisionChain.Check([.. Sound.Take(at), altered, .. Sound.Skip(at + 1)])!.Number == was.Number;
        },
        iter: 200);

    [Fact]
    public void A_removed_event_is_found_by_its_number() =>
        Assert.All(Enumerable.Range(0, Sound.Count - 1), at => Assert.Equal(at + 1, DecisionChain.Check([.. Sound.Take(at), .. Sound.Skip(at + 1)])!.Number));

    [Fact]
    public void Events_in_another_order_are_found_by_the_first_out_of_its_place() =>
        Assert.All(Enumerable.Range(0, Sound.Count - 1), at => Assert.Equal(at + 1, DecisionChain.Check([.. Sound.Take(at), Sound[at + 1], Sound[at], .. Sound.Skip(at + 2)])!.Number));

    [Fact]
    public void An_event_put_in_with_a_hash_of_its_own_is_found_where_the_old_chain_goes_on()
    {
        var planted = Decision.After(Sound[1], Noon, Vote("Mallory", Choice.Exclude));

        Assert.Equal(4, DecisionChain.Check([.. Sound.Take(2), planted, .. Sound.Skip(3)])!.Number);
    }

    [Fact]
    public void A_hash_can_be_computed_from_the_description_alone()
    {
        var written = new StringBuilder();
        foreach (var part in new[] { "cartingest-decision-1", "2", "2026-03-01T12:00:01.000Z", "Ben", "vote", Paper, """{"choice":"exclude","reason":"no_aml","stage":"title"}""", Sound[0].Hash })
        {
            written.Append(part.Length).Append(':').Append(part).Append('\n');
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(written.ToString()))), Sound[1].Hash);
    }

    private static IReadOnlyList<DecisionContent> Tried =>
    [
        new Vote(Stage.Full, Choice.Maybe), new VoteUndone(Stage.Title), new Adjudication(Stage.Full, Choice.Exclude, "other"), new FullTextFound(FullTextState.NotRetrieved),
        new Classed(StudyClass.CompletedWithoutResults), new TieDeclared(), new LinkConfirmed(Trial), new KeptApart(Trial), new CatchUpChosen(CatchUpChoice.ScreenThese, 2, 3, ["nct:NCT99000001"]),
        new AutomationAdopted(new DateOnly(2026, 1, 31), "any", "ü <&> \"quoted\""), new AutomationWithdrawn("why"), new RulesChanged("Ada", "Ben", "why", "sha256:1", "sha256:2", 3, 4),
        new TaskSettled(TaskKind.ScreenAgain, TaskCause.PrimaryOutcome, Trial, new DateOnly(2026, 3, 1)),
    ];

    public static TheoryData<string, DecisionContent> Contents
    {
        get
        {
            var rows = new TheoryData<string, DecisionContent>();
            Tried.ToList().ForEach(content => rows.Add(content.Kind, content));
            return rows;
        }
    }

    private static RecordId Trial => RecordId.TryParse("nct:NCT99000001", out var id) ? id : throw new InvalidOperationException("It is one.");

    [Theory]
    [MemberData(nameof(Contents))]
    public void Every_content_comes_back_from_its_canonical_json(string kind, DecisionContent content)
    {
        var json = content.ToJson();

        var back = DecisionContent.Read(kind, json);

        Assert.Equal(json, back.ToJson());
        Assert.Equal(content.GetType(), back.GetType());
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_decision_is_among_the_tried() =>
        Assert.Equal(
            typeof(DecisionContent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DecisionContent))).Select(type => type.Name).Order(StringComparer.Ordinal),
            Tried.Select(content => content.GetType().Name).Order(StringComparer.Ordinal));
}
