using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Tests.Host.Nightly;
using CarTIngest.Tests.Screening;
using Microsoft.EntityFrameworkCore;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Host.Storage;

public sealed class QueueBookTests : IDisposable
{
    private static readonly DateOnly Night = new(2026, 3, 1);

    private static readonly StudyTask Task1 = new("pmid:1", TaskKind.ScreenAgain, TaskCause.Verdict, Id("pmid:1"), ["abstract", "title"]);

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_study_enters_once_and_the_same_night_again_changes_nothing()
    {
        await HoldAsync();
        var night = new QueueNight(Night, null, [Entry("pmid:1"), Entry("pmid:2")], [Task1, Task1], [Entry("pmid:3")]);

        var first = await WriteAsync(night);
        var state = (await nights.VerifyAsync()).State;
        var again = await WriteAsync(night);
        var later = await WriteAsync(night with { Night = Night.AddDays(1), Tasks = [], Entries = [Entry("pmid:1") with { Study = "new name" }, Entry("pmid:3")] });

        Assert.Equal([2, 1], [first.Entries.Count, first.Tasks.Count]);
        Assert.Equal([0, 0], [again.Entries.Count, again.Tasks.Count]);
        Assert.Equal(["pmid:3"], later.Entries.Select(entry => entry.Study));
        Assert.NotEqual(state, (await nights.VerifyAsync()).State);
    }

    [Fact]
    public async Task An_equal_task_is_open_until_a_person_settles_it()
    {
        await HoldAsync();
        await WriteAsync(new QueueNight(Night, null, [Entry("pmid:1")], [Task1], []));

        Assert.True(await IsOpenAsync());
        await DecideAsync(new DecisionDraft("Ada", "pmid:1", new TaskSettled(Task1.Task, Task1.Because, Task1.By, Night)));
        Assert.False(await IsOpenAsync());
        Assert.Empty((await new QueueReading(nights.Stores).ReadAsync(ProtocolFile.Plain, CancellationToken.None)).Tasks);
        Assert.Single((await WriteAsync(new QueueNight(Night.AddDays(7), null, [], [Task1], []))).Tasks);
        Assert.True(await IsOpenAsync());
    }

    [Fact]
    public async Task The_queue_says_what_waits_where_and_of_the_votes_only_whose_they_are()
    {
        await HoldAsync();
        await WriteAsync(new QueueNight(Night, null, [Entry("pmid:1"), Entry("pmid:2") with { Way = QueueWay.Audit, Verdict = Verdict.Unlikely }], [], []));
        await DecideAsync(Votes.Vote("Ada", Choice.Include, subject: "pmid:1"));

        Assert.Equal(["pmid:1 title awaiting_second Ada", "pmid:2 title awaiting_first "], await WaitingAsync());
        await DecideAsync(Votes.Vote("Ben", Choice.Include, subject: "pmid:1"));
        await DecideAsync(Votes.Vote("Ada", Choice.Exclude, subject: "pmid:2"));
        await DecideAsync(Votes.Vote("Ben", Choice.Exclude, subject: "pmid:2"));
        Assert.Equal(["pmid:1 full awaiting_first "], await WaitingAsync());
        await DecideAsync(Votes.Vote("Ada", Choice.Include, stage: Stage.Full, subject: "pmid:1"));
        await DecideAsync(Votes.Vote("Ben", Choice.Include, stage: Stage.Full, subject: "pmid:1"));
        Assert.Equal(["pmid:1 full awaiting_class "], await WaitingAsync());
        await DecideAsync(new DecisionDraft("Ada", "pmid:1", new Classed(StudyClass.Included)));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task A_queue_that_names_a_record_which_is_not_held_is_damaged()
    {
        await HoldAsync();
        await WriteAsync(new QueueNight(Night, null, [Entry("pmid:77")], [Task1 with { By = Id("pmid:78") }], []));

        Assert.Equal(["The queue names pmid:77, which is not held.", "The queue names pmid:78, which is not held."], (await nights.VerifyAsync()).Faults);
    }

    private static QueueEntry Entry(string id) => new(id, Id(id), Verdict.Likely, QueueWay.Verdict);

    private async Task HoldAsync()
    {
        for (var number = 1; number <= 3; number++)
        {
            nights.Source.Give(number, $"Title {number}");
        }

        await nights.NextAsync();
    }

    private async Task<QueueNight> WriteAsync(QueueNight night)
    {
        await using var store = nights.Stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync();
        var written = await QueueBook.WriteAsync(store, night, CancellationToken.None);
        await transaction.CommitAsync();
        return written;
    }

    private async Task<bool> IsOpenAsync()
    {
        await using var store = nights.Stores.Open();
        return (await QueueBook.OpenTasksAsync(store, await DecisionBook.StateAsync(store, ProtocolFile.Plain, CancellationToken.None), CancellationToken.None))(Task1);
    }

    private Task DecideAsync(DecisionDraft draft) => new DecisionBook(nights.Stores, TimeProvider.System).WriteAsync(
        ProtocolFile.Plain, draft, async (store, _) => (await QueueReading.FindAsync(store, draft.Subject, CancellationToken.None))?.Members, CancellationToken.None);

    private async Task<IEnumerable<string>> WaitingAsync() => (await new QueueReading(nights.Stores).ReadAsync(ProtocolFile.Plain, CancellationToken.None)).Waiting
        .Select(item => $"{item.Study} {Spelling.Of(item.Place.Stage)} {item.Place.State} {string.Join(',', item.Place.Voted)}").Order(StringComparer.Ordinal);
}
