using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A person's word on a link, over whole nights: heeded by the next, kept in every later one, taken back by a later word alone.</summary>
public sealed class PeoplesLinksTests : IDisposable
{
    private const string Title = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task What_a_person_keeps_apart_stays_apart_in_every_later_night_until_a_later_word()
    {
        nights.Source.Give(1, $"{Title} (NCT90000001)");
        nights.Source.Give(2, $"Two years after: {Title} (NCT90000001)");
        await nights.NextAsync();
        Assert.Equal(["pmid:1+pmid:2"], await StudiesAsync());

        await SayAsync("Ada", new KeptApart(Id(2), "another cohort"));
        Assert.Equal([Id(1), Id(2)], (await SeenAsync()).Moving());
        Assert.Equal(["pmid:1+pmid:2"], await StudiesAsync());
        await nights.NextAsync();
        Assert.Equal(["pmid:1", "pmid:2"], await StudiesAsync());
        Assert.Empty((await SeenAsync()).Moving());

        nights.Source.Give(2, $"{Title}, NCT90000001: the whole cohort");
        nights.Source.Touches.Add(2);
        await nights.NextAsync();
        Assert.Equal(["pmid:1", "pmid:2"], await StudiesAsync());

        await SayAsync("Ben", new LinkConfirmed(Id(2)));
        await nights.NextAsync();
        Assert.Equal(["pmid:1+pmid:2"], await StudiesAsync());
        var seen = await SeenAsync();
        var link = Assert.Single(seen.LinksOf(Id(1)));
        Assert.Equal((ClueStrength.Ruled, "Ben put them together."), (link.Strength, link.Clues[0].Reason));
        Assert.Equal(["Ada kept_apart another cohort", "Ben confirmed "], Assert.Single(seen.State.Links).Value.Select(said => $"{said.By} {Spelling.Of(said.Word)} {said.Because}"));
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Theory]
    [InlineData(false, "pmid:1")]
    [InlineData(true, "pmid:2")]
    public async Task Two_that_entered_and_are_one_study_are_read_in_full_once_under_the_id_that_people_decided_on(bool readBefore, string one)
    {
        nights.Source.Give(1, Title);
        nights.Source.Give(2, $"Two years after: {Title}");
        await nights.NextAsync();
        await nights.DecideAsync(Vote("Ada", Stage.Title, "pmid:1"), Vote("Ben", Stage.Title, "pmid:1"), Vote("Ada", Stage.Title, "pmid:2"), Vote("Ben", Stage.Title, "pmid:2"));
        Assert.Equal(["pmid:1 full", "pmid:2 full"], await WaitingAsync());
        if (readBefore)
        {
            await nights.DecideAsync(Vote("Ada", Stage.Full, "pmid:2"));
        }

        await SayAsync("Cleo", new LinkConfirmed(Id(2)));
        await nights.NextAsync();

        Assert.Equal([$"{one} full"], await WaitingAsync());
        foreach (var named in new[] { "pmid:1", "pmid:2" })
        {
            Assert.Equal((one, named), await FoundAsync(named));
        }

        await nights.DecideAsync(Vote("Ben", Stage.Full, one));
        await nights.DecideAsync(readBefore ? [] : [Vote("Cleo", Stage.Full, one)]);
        await nights.DecideAsync(new DecisionDraft("Ada", one, new Classed(StudyClass.Included)));
        Assert.Empty(await WaitingAsync());
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task A_record_that_came_to_a_study_in_full_is_still_screened_by_its_title()
    {
        nights.Source.Give(1, Title);
        nights.Source.Give(2, $"Two years after: {Title}");
        await nights.NextAsync();
        await nights.DecideAsync(Vote("Ada", Stage.Title, "pmid:2"), Vote("Ben", Stage.Title, "pmid:2"));
        await SayAsync("Cleo", new LinkConfirmed(Id(2)));
        await nights.NextAsync();

        Assert.Equal(["pmid:1 full", "pmid:1 title"], await WaitingAsync());
    }

    [Fact]
    public async Task Papers_without_a_number_are_proposed_only_when_asked_for_and_nothing_is_known_before_a_night()
    {
        await nights.Stores.MigrateAsync(CancellationToken.None);
        Assert.Null(await new LinkReading(nights.Stores).ReadAsync(ProtocolFile.Plain, LinkDepth.Joined, CancellationToken.None));
        var trial = new Trial { NctId = "NCT90000007", BriefTitle = Title, Sponsor = "Ostrand University Hospital", Interventions = [new("BIOLOGICAL", "CD33 CAR-T", [], null)] };
        var paper = new Publication { Pmid = 7, Title = $"{Title} at Ostrand University Hospital" };
        using var arrived = await ArrivedStore.OfAsync([[trial, paper]]);

        var joined = await arrived.LinksAsync(LinkDepth.Joined);
        var everything = await arrived.LinksAsync(LinkDepth.Everything);

        Assert.Empty(joined.Proposals);
        var proposal = Assert.Single(everything.Proposals);
        Assert.Equal((trial.Id, paper.Id), (proposal.Pair.First, proposal.Pair.Second));
        Assert.Equal(proposal.Score, proposal.Parts.Sum(part => part.Points), 6);
        Assert.Equal(2, everything.Studies.Count);
    }

    private static RecordId Id(long pmid) => ScriptedSource.IdOf(pmid);

    private Task SayAsync(string by, DecisionContent content) => new DecisionBook(nights.Stores, TimeProvider.System).WriteAsync(
        ProtocolFile.Plain, new DecisionDraft(by, "pmid:1", content), async (store, _) => await LinkReading.AboutAsync(store, Id(1), Id(2), CancellationToken.None), CancellationToken.None);

    private static DecisionDraft Vote(string by, Stage stage, string on) => Votes.Vote(by, Choice.Include, stage: stage, subject: on);

    /// <summary>What is decided on, and at which stage.</summary>
    private async Task<IEnumerable<string>> WaitingAsync() =>
        (await new QueueReading(nights.Stores).ReadAsync(ProtocolFile.Plain, CancellationToken.None)).Waiting.Select(item => $"{item.Place.Subject} {Spelling.Of(item.Place.Stage)}").Order(StringComparer.Ordinal);

    private async Task<(string Study, string By)> FoundAsync(string named)
    {
        var found = await new QueueReading(nights.Stores).FindAsync(ProtocolFile.Plain, named, CancellationToken.None);
        return (found!.Members.Id, found.By);
    }

    private async Task<LinksSeen> SeenAsync() => (await new LinkReading(nights.Stores).ReadAsync(ProtocolFile.Plain, LinkDepth.Joined, CancellationToken.None))!;

    private async Task<IEnumerable<string>> StudiesAsync()
    {
        await using var store = nights.Stores.Open();
        return (await StudyShelf.ReadAsync(store, CancellationToken.None)).Select(study => string.Join('+', study.Records));
    }
}
