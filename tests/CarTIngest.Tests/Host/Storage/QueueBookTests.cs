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
    public async Task A_study_enters_once_and_the_same_run_again_changes_nothing_and_gives_the_same()
    {
        await HoldAsync();
        var night = new QueueNight([Entry("pmid:1"), Entry("pmid:2")], [Task1, Task1], [Entry("pmid:3")]);

        var first = await WriteAsync(night, new QueueRun(1, Night));
        var state = (await nights.VerifyAsync()).State;
        var again = await WriteAsync(night, new QueueRun(1, Night));
        Assert.Equal(state, (await nights.VerifyAsync()).State);
        var later = await WriteAsync(new QueueNight([Entry("pmid:1") with { Study = "new name" }, Entry("pmid:3")], [], []), new QueueRun(2, Night.AddDays(1)));

        Assert.Equal((2, 1), (first.Entries.Count, first.Tasks.Count));
        Assert.Equal(first.Entries, again.Entries);
        Assert.Equal(first.Tasks.Select(task => task with { Fields = [] }), again.Tasks.Select(task => task with { Fields = [] }));
        Assert.Equal(["pmid:3"], later.Entries.Select(entry => entry.Study));
        Assert.NotEqual(state, (await nights.VerifyAsync()).State);
    }

    [Fact]
    public async Task A_night_opens_studies_and_asks_for_tasks_on_those_that_were_there()
    {
        await HoldAsync();
        StudyTonight First(params News[] came) => new(Study("pmid:1", Record("pmid:1", Verdict.Likely)), came);
        var second = new StudyTonight(Study("pmid:2", Record("pmid:2", Verdict.Possible)), []);
        var moved = new VerdictMoved(Id("pmid:1"), Verdict.Possible, Verdict.Likely);

        var one = await OpenAsync(1, First(moved));
        var rerun = await OpenAsync(1, First(moved));
        var two = await OpenAsync(2, second, First(moved));
        var three = await OpenAsync(3, second, First(moved));

        Assert.Equal(["pmid:1 likely"], one.Entries.Select(entry => $"{entry.Study} {Spelling.Of(entry.Verdict)}"));
        Assert.Equal(one.Entries, rerun.Entries);
        Assert.Empty(one.Tasks.Concat(rerun.Tasks));
        Assert.Equal(["pmid:2"], two.Entries.Select(entry => entry.Study));
        Assert.Equal(TaskCause.Verdict, Assert.Single(two.Tasks).Because);
        Assert.Empty(three.Tasks);
    }

    [Fact]
    public async Task An_equal_task_is_open_until_a_person_settles_it()
    {
        await HoldAsync();
        await WriteAsync(new QueueNight([Entry("pmid:1")], [Task1], []));

        Assert.True(await IsOpenAsync());
        await DecideAsync(new DecisionDraft("Ada", "pmid:1", new TaskSettled(Task1.Task, Task1.Because, Task1.By, Night)));
        Assert.False(await IsOpenAsync());
        Assert.Empty((await new QueueReading(nights.Stores).ReadAsync(ProtocolFile.Plain, CancellationToken.None)).Tasks);
        Assert.Single((await WriteAsync(new QueueNight([], [Task1], []), new QueueRun(9, Night.AddDays(7)))).Tasks);
        Assert.True(await IsOpenAsync());
    }

    [Fact]
    public async Task The_queue_says_what_waits_where_and_of_the_votes_only_whose_they_are()
    {
        await HoldAsync();
        await WriteAsync(new QueueNight([Entry("pmid:1"), Entry("pmid:2") with { Way = QueueWay.AuditDrawn, Verdict = Verdict.Unlikely }], [], []));
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
        await WriteAsync(new QueueNight([Entry("pmid:77")], [Task1 with { By = Id("pmid:78") }], []));

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
        // What the night itself let in is beside the point here.
        await using var store = nights.Stores.Open();
        await store.Queue.ExecuteDeleteAsync();
    }

    private Task<QueueNight> WriteAsync(QueueNight night, QueueRun? run = null) => InOneAsync(store => QueueBook.WriteAsync(store, night, run ?? new QueueRun(1, Night), CancellationToken.None));

    private Task<QueueNight> OpenAsync(int run, params StudyTonight[] studies) =>
        InOneAsync(store => QueueBook.OpenAsync(store, ProtocolFile.Plain, studies, new QueueRun(run, Night.AddDays(run)), CancellationToken.None));

    private async Task<QueueNight> InOneAsync(Func<StoreContext, Task<QueueNight>> write)
    {
        await using var store = nights.Stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync();
        var written = await write(store);
        await transaction.CommitAsync();
        return written;
    }

    private async Task<bool> IsOpenAsync()
    {
        await using var store = nights.Stores.Open();
        return (await QueueBook.OpenTasksAsync(store, await DecisionBook.StateAsync(store, ProtocolFile.Plain, CancellationToken.None), new QueueRun(99, Night), CancellationToken.None))(Task1);
    }

    private Task DecideAsync(DecisionDraft draft) => new DecisionBook(nights.Stores, TimeProvider.System).WriteAsync(
        ProtocolFile.Plain, draft, async (store, state) => (await QueueReading.FindAsync(store, state, draft.Subject, CancellationToken.None))?.Members, CancellationToken.None);

    private async Task<IEnumerable<string>> WaitingAsync() => (await new QueueReading(nights.Stores).ReadAsync(ProtocolFile.Plain, CancellationToken.None)).Waiting
        .Select(item => $"{item.Study} {Spelling.Of(item.Place.Stage)} {item.Place.State} {string.Join(',', item.Place.Voted)}").Order(StringComparer.Ordinal);
}
