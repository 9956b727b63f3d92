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
        Assert.Equal(("CarTIngest: silence (pubmed)", "op@hospital.example", "operator"), (told.Subject, told.Recipient, told.Kind));
        Assert.Contains("What to do: Nothing is lost", told.Text, StringComparison.Ordinal);

        store.Clock.Advance(TimeSpan.FromHours(73));
        await store.RoundAsync();
        Assert.Equal(2, (await store.MailAsync()).Count(message => message.Subject.Contains("silence", StringComparison.Ordinal)));

        // Nobody hands these messages over, which is an alarm of its own.
        await store.NightAsync();
        Assert.DoesNotContain(await store.RoundAsync(), alarm => alarm.Condition == "silence");
        Assert.DoesNotContain(await store.RoundAsync(), alarm => alarm.Condition == "silence");
        var mail = (await store.MailAsync()).Where(message => message.Subject.Contains("silence", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, mail.Count);
        Assert.Equal("CarTIngest: silence (pubmed) has ended", mail[^1].Subject);
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
    public async Task Of_two_that_look_at_once_one_writes_the_alarm()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.RoundAsync();
        await using var context = store.Stores.Open();
        context.Alarms.Add(new() { Condition = "silence", Subject = "pubmed", Says = "again", Since = store.Now });
        await Assert.ThrowsAsync<Microsoft.EntityFrameworkCore.DbUpdateException>(() => context.SaveChangesAsync());
    }
}
