using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

public sealed class DecisionBookTests : IAsyncLifetime, IDisposable
{
    private static readonly DecisionSubject Paper = new(Votes.Paper, [], HasPublication: true, HasResults: false);

    private readonly TestStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Keeps_what_people_decide_in_a_chain_that_holds()
    {
        var first = await WriteAsync(Votes.Vote("Ada", Choice.Include));
        clock.Advance(TimeSpan.FromMilliseconds(1.7));
        var second = await WriteAsync(Votes.Vote("Ben", Choice.Include));

        Assert.Equal(ItemState.AwaitingSecond, first.State.StandingOf(Stage.Title, Votes.Paper).State);
        Assert.Equal(ItemState.Advanced, second.State.StandingOf(Stage.Title, Votes.Paper).State);
        await using var open = store.Stores.Open();
        var chain = await open.Decisions.AsNoTracking().OrderBy(decision => decision.Number).ToListAsync();
        Assert.Equal([first.Decision, second.Decision], chain);
        Assert.Null(DecisionChain.Check(chain));
        Assert.True((await new Integrity(store.Stores).VerifyAsync(CancellationToken.None)).Whole);
    }

    [Fact]
    public async Task Writes_nothing_that_the_rules_refuse()
    {
        await WriteAsync(Votes.Vote("Ada", Choice.Include));

        var refusal = await Assert.ThrowsAsync<DecisionRefusedException>(() => WriteAsync(Votes.Vote("Ada", Choice.Exclude)));

        Assert.Contains("Undo that vote first", refusal.Message, StringComparison.Ordinal);
        await using var open = store.Stores.Open();
        Assert.Equal(1, await open.Decisions.CountAsync());
    }

    [Fact]
    public async Task Twenty_at_once_make_one_chain_and_one_vote_each()
    {
        var other = new DecisionBook(new StoreFactory(store.Options), clock);
        var writes = Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                // Ten people, each twice at the same time, from two processes' places.
                await WriteAsync(Votes.Vote($"reviewer {number / 2}", Choice.Maybe, subject: $"pmid:{1 + (number / 2)}"), number % 2 == 0 ? null : other);
                return 1;
            }
            catch (DecisionRefusedException)
            {
                return 0;
            }
        });

        Assert.Equal(10, (await Task.WhenAll(writes)).Sum());
        await using var open = store.Stores.Open();
        var chain = await open.Decisions.AsNoTracking().OrderBy(decision => decision.Number).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), chain.Select(decision => decision.Number));
        Assert.Null(DecisionChain.Check(chain));
    }

    [Theory]
    [InlineData("UPDATE 'Decisions' SET 'By' = 'Mallory' WHERE 'Number' = 2", "Decision 2 was altered")]
    [InlineData("UPDATE 'Decisions' SET 'Payload' = replace('Payload', 'include', 'exclude') WHERE 'Number' = 1", "Decision 1 was altered")]
    [InlineData("DELETE FROM 'Decisions' WHERE 'Number' = 2", "Decision 2 is missing")]
    [InlineData("DELETE FROM 'Decisions' WHERE 'Number' = 3", "Decision 3 is missing: 3 were written")]
    [InlineData("DELETE FROM 'Decisions'", "Decision 1 is missing: 3 were written")]
    [InlineData("DELETE FROM 'ChainHeads'", "Decision 3 is not the one that was written last")]
    [InlineData("UPDATE 'Decisions' SET 'Number' = 9 WHERE 'Number' = 1; UPDATE 'Decisions' SET 'Number' = 1 WHERE 'Number' = 2; UPDATE 'Decisions' SET 'Number' = 2 WHERE 'Number' = 9", "Decision 1 does not follow")]
    public async Task What_was_tampered_with_is_named_and_nothing_more_is_decided(string tampering, string says)
    {
        await WriteAsync(Votes.Vote("Ada", Choice.Include));
        await WriteAsync(Votes.Vote("Ben", Choice.Exclude));
        await WriteAsync(Votes.Settle("Cleo", Choice.Include));
        await using (var open = store.Stores.Open())
        {
            // Names between double quotes; in the rows above single ones are easier to read, and none of their texts are names.
            var sql = tampering;
            foreach (var name in new[] { "Decisions", "ChainHeads", "Number", "By", "Payload" })
            {
                sql = sql.Replace($"'{name}'", $"\"{name}\"", StringComparison.Ordinal);
            }

            Assert.True(await open.Database.ExecuteSqlRawAsync(sql) > 0);
        }

        var report = await new Integrity(store.Stores).VerifyAsync(CancellationToken.None);

        Assert.Contains(says, Assert.Single(report.Faults), StringComparison.Ordinal);
        Assert.Contains("Nothing is decided on a broken chain", (await Assert.ThrowsAsync<StoreDamagedException>(() => WriteAsync(Votes.Vote("Dora", Choice.Include, subject: "pmid:7")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_another_state_and_its_time_is_not()
    {
        using var other = new TestStore();
        await other.Stores.MigrateAsync(CancellationToken.None);
        var before = await StateAsync(store);

        await WriteAsync(Votes.Vote("Ada", Choice.Include));
        clock.Advance(TimeSpan.FromDays(1));
        await new DecisionBook(other.Stores, clock).WriteAsync(ProtocolFile.Plain, Votes.Vote("Ada", Choice.Include), (_, _) => Task.FromResult<DecisionSubject?>(Paper), CancellationToken.None);

        Assert.NotEqual(before, await StateAsync(store));
        Assert.Equal(await StateAsync(store), await StateAsync(other));
    }

    private static async Task<string> StateAsync(TestStore of) => (await new Integrity(of.Stores).VerifyAsync(CancellationToken.None)).State;

    private Task<DecisionWritten> WriteAsync(DecisionDraft draft, DecisionBook? book = null) =>
        (book ?? new DecisionBook(store.Stores, clock)).WriteAsync(ProtocolFile.Plain, draft, (_, _) => Task.FromResult<DecisionSubject?>(Paper with { Id = draft.Subject }), CancellationToken.None);
}
