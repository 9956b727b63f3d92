using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

public sealed class PruningTests : IAsyncLifetime, IDisposable
{
    private readonly TestStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2031, 3, 1, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Forgets_the_text_of_a_message_that_ended_long_ago_and_keeps_its_row()
    {
        await AddAsync(Message("old", DaysAgo(401), OutboxState.Sent), Message("young", DaysAgo(399), OutboxState.Sent), Message("waiting", null, OutboxState.Pending));

        Assert.Equal(1, (await PruneAsync()).Bodies);

        await using var context = store.Stores.Open();
        Assert.Equal([("old", "", null), ("waiting", "text", "<p>text</p>"), ("young", "text", "<p>text</p>")],
            (await context.Outbox.OrderBy(message => message.Key).ToListAsync()).Select(message => (message.Key, message.Text, message.Html)));
        Assert.Equal(0, (await PruneAsync()).Bodies);
    }

    [Fact]
    public async Task Forgets_an_alarm_that_ended_long_ago_and_none_that_lasts()
    {
        await AddAsync(Alarm("old", DaysAgo(401)), Alarm("young", DaysAgo(399)), Alarm("lasts", null));

        Assert.Equal(1, (await PruneAsync()).Alarms);

        await using var context = store.Stores.Open();
        Assert.Equal(["lasts", "young"], await context.Alarms.Select(alarm => alarm.Condition).Order().ToListAsync());
    }

    [Fact]
    public async Task Forgets_the_set_up_code_once_there_is_an_account()
    {
        await AddAsync(new SetupCode { Hash = "hash", CreatedAt = clock.GetUtcNow() });
        Assert.Equal(0, (await PruneAsync()).Codes);

        await AddAsync(new Account { UserName = "ada", NormalizedUserName = "ADA", Email = "ada@example.org", NormalizedEmail = "ADA@EXAMPLE.ORG", Name = "Ada", CreatedAt = clock.GetUtcNow(), UnsubscribeId = "opaque" });
        Assert.Equal(1, (await PruneAsync()).Codes);
    }

    private Task<Pruned> PruneAsync() => new Pruning(store.Stores, clock).RunAsync(CancellationToken.None);

    private DateTimeOffset DaysAgo(int days) => clock.GetUtcNow().AddDays(-days);

    private async Task AddAsync(params object[] rows)
    {
        await using var context = store.Stores.Open();
        await context.AddRangeAsync(rows);
        await context.SaveChangesAsync();
    }

    private OutboxMessage Message(string key, DateTimeOffset? ended, OutboxState state) => new()
    {
        Key = key,
        Kind = "digest",
        Channel = "mail",
        Recipient = "ada@example.org",
        Topic = "digest",
        Subject = "3 new",
        Text = "text",
        Html = "<p>text</p>",
        CreatedAt = DaysAgo(500),
        State = state,
        NextAttemptAt = DaysAgo(500),
        EndedAt = ended,
    };

    private Alarm Alarm(string condition, DateTimeOffset? until) => new() { Condition = condition, Subject = "", Says = "It is so.", Since = DaysAgo(500), Until = until };
}
