using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Watchdog;
using CarTIngest.Tests.Host.Alerts;

namespace CarTIngest.Tests.Host.Watchdog;

public sealed class AlarmMailTests
{
    [Theory]
    [InlineData(false, "alarm.txt")]
    [InlineData(false, "alarm.html")]
    [InlineData(true, "alarm-ended.txt")]
    [InlineData(true, "alarm-ended.html")]
    public async Task An_alarm_and_its_end_are_laid_out_as_they_were_read_and_found_good(bool ended, string snapshot)
    {
        using var store = await WatchedStore.MakeAsync();
        await store.OperatorAsync("op@hospital.example");
        var alarm = new Alarm { Id = 1, Condition = "silence", Subject = "pubmed", Says = "The last night of PubMed ended on 27 Feb 2026 at 14:00 UTC, 37 hours ago.", Since = store.Now, Until = ended ? store.Now.AddHours(5) : null };

        await using (var context = store.Stores.Open())
        {
            await new AlarmMail(new Recipients(new AlertsOptions()), new MailTemplates()).WriteAsync(context, alarm, "See that the service runs: `cartingest doctor`.", store.Now, CancellationToken.None);
        }

        var mail = Assert.Single(await store.MailAsync());
        Snapshot.Shows(snapshot, snapshot.EndsWith(".html", StringComparison.Ordinal) ? mail.Html! : Snapshot.Text(mail.Subject, mail.Text));
    }
}
