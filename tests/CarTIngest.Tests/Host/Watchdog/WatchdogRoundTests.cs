using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Watchdog;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Watchdog;

public sealed class WatchdogRoundTests
{
    [Fact]
    public async Task An_alarm_is_told_once_it_lasts_again_when_it_lasts_long_and_when_it_ends()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.OperatorAsync("op@hospital.example");
        await store.NightAsync();
        store.Clock.Advance(TimeSpan.FromHours(12));

        var began = Assert.Single(await store.RoundAsync());
        Assert.Equal(("silence", "pubmed", store.Now), (began.Condition, began.Subject, began.Since));
        Assert.Empty(await store.MailAsync());

        store.Clock.Advance(TimeSpan.FromMinutes(20));
        await store.RoundAsync();
        await store.RoundAsync();
        var told = Assert.Single(await store.MailAsync());
        Assert.Equal(("CarTIngest alarm: silence (PubMed)", "op@hospital.example", "operator"), (told.Subject, told.Recipient, told.Kind));
        Assert.Contains("WHAT TO DO\n\nNothing is lost: the next night", told.Text, StringComparison.Ordinal);

        store.Clock.Advance(TimeSpan.FromHours(73));
        await store.RoundAsync();
        Assert.Equal(2, (await store.MailAsync()).Count(message => message.Subject.Contains("silence", StringComparison.Ordinal)));

        // Nobody hands these messages over, which is an alarm of its own.
        await store.NightAsync();
        Assert.DoesNotContain(await store.RoundAsync(), alarm => alarm.Condition == "silence");
        Assert.DoesNotContain(await store.RoundAsync(), alarm => alarm.Condition == "silence");
        var mail = (await store.MailAsync()).Where(message => message.Subject.Contains("silence", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, mail.Count);
        Assert.Equal("CarTIngest alarm has ended: silence (PubMed)", mail[^1].Subject);
        Assert.Single(mail.Select(message => message.Topic).Distinct());
    }

    [Fact]
    public async Task What_mends_itself_is_written_down_and_not_mailed()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.OperatorAsync("op@hospital.example");
        await store.NightAsync();
        store.Clock.Advance(TimeSpan.FromHours(12));
        await store.RoundAsync();
        await store.NightAsync();
        await store.RoundAsync();

        Assert.Empty(await store.MailAsync());
        await using var context = store.Stores.Open();
        Assert.NotNull(Assert.Single(context.Alarms).Until);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_blinds_its_condition_and_no_other_and_ends_no_alarm()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync(why: "One.");
        await store.NightAsync(why: "Two.");
        store.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal([("incomplete", "pubmed"), ("silence", "pubmed")], Named(await store.RoundAsync()));

        await using var context = store.Stores.Open();
        var sums = await context.RunSources.OrderBy(row => row.RunId).Select(row => row.Sums).LastAsync();
        await context.RunSources.ExecuteUpdateAsync(set => set.SetProperty(row => row.Sums, "{"));
        var blind = await store.RoundAsync();

        Assert.Equal([("incomplete", "pubmed"), ("silence", "pubmed"), ("watchdog", "incomplete")], Named(blind));
        Assert.All(blind.Where(alarm => alarm.Condition != "watchdog"), alarm => Assert.Null(alarm.Until));
        Assert.StartsWith("Nobody can tell whether there is anything to say of incomplete", blind.Single(alarm => alarm.Condition == "watchdog").Says, StringComparison.Ordinal);
        await context.RunSources.ExecuteUpdateAsync(set => set.SetProperty(row => row.Sums, sums));
        Assert.Equal([("incomplete", "pubmed"), ("silence", "pubmed")], Named(await store.RoundAsync()));
    }

    [Fact]
    public async Task While_there_is_no_operator_nobody_is_told_and_the_first_one_is()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.RoundAsync();
        store.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(Assert.Single(await store.RoundAsync()).ToldAt);

        await store.OperatorAsync("op@hospital.example");
        Assert.Equal(store.Now, Assert.Single(await store.RoundAsync()).ToldAt);
        Assert.Equal("CarTIngest alarm: silence (PubMed)", Assert.Single(await store.MailAsync()).Subject);
    }

    [Fact]
    public async Task A_machine_ends_no_alarm_of_another_ones_disk_unless_that_one_is_silent()
    {
        using var store = await WatchedStore.MakeAsync();
        var (full, well) = (new WatchdogOptions { DiskFreeMiB = 1L << 40 }, new WatchdogOptions { DiskFreeMiB = 1 });
        WatchedPlaces On(string machine) => new([], ["."], machine);

        await store.RoundAsync(On("one"), full);
        Assert.Equal($"one: {Path.GetFullPath(".")}", Assert.Single(await store.RoundAsync(On("two"), well)).Subject);
        Assert.Equal(2, (await store.RoundAsync(On("two"), full)).Count);
        Assert.Equal($"one: {Path.GetFullPath(".")}", Assert.Single(await store.RoundAsync(On("two"), well)).Subject);
        Assert.Empty(await store.RoundAsync(On("one"), well));

        await store.RoundAsync(On("one"), full);
        store.Clock.Advance(TimeSpan.FromHours(143));
        Assert.Single(await store.RoundAsync(On("two"), well));
        store.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await store.RoundAsync(On("two"), well));
    }

    [Fact]
    public async Task Many_that_look_at_once_write_each_alarm_and_each_message_once_and_none_fails()
    {
        using var store = await WatchedStore.MakeAsync(new WatchedStore(StorageProvider.PostgreSql));
        await store.OperatorAsync("op@hospital.example");
        async Task AtOnceAsync() => await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => store.RoundAsync())));

        await AtOnceAsync();
        store.Clock.Advance(TimeSpan.FromMinutes(20));
        await AtOnceAsync();
        Assert.Single(await store.MailAsync());
        store.Clock.Advance(TimeSpan.FromHours(73));
        await AtOnceAsync();

        await using var context = store.Stores.Open();
        Assert.Equal(2, await context.Alarms.CountAsync());
        Assert.Equal(2, (await store.MailAsync()).Count(message => message.Subject.Contains("silence", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_two_that_look_at_once_one_writes_the_alarm()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.RoundAsync();
        await using var context = store.Stores.Open();
        context.Alarms.Add(new() { Condition = "silence", Subject = "pubmed", Says = "again", Since = store.Now });
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
    }

    private static IEnumerable<(string Condition, string Subject)> Named(IReadOnlyList<Alarm> alarms) => alarms.Select(alarm => (alarm.Condition, alarm.Subject)).Order();
}
