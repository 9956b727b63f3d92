using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Tests.Host.Alerts;

public sealed class NightAlertsTests : IDisposable
{
    private readonly MailNights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_retraction_of_an_included_report_is_told_at_once_with_its_notice_and_the_version_that_holds_it()
    {
        await nights.PublishAsync("pmid:1");
        nights.PubMed.Gives.Add(MailNights.Paper(1));
        await nights.NextAsync();
        nights.ToNextEvening();
        nights.PubMed.Gives[0] = MailNights.Paper(1, new Correction("RetractionIn", 99, "Invented Blood. 2026;1:1"));

        var report = await nights.NextAsync();

        Assert.Equal(1, report.Alerts);
        var message = Assert.Single(await nights.WrittenAsync("alert"));
        Assert.StartsWith("Retracted: CD33 CAR-T cells", message.Subject, StringComparison.Ordinal);
        Assert.Contains("notice PMID 99 (Invented Blood. 2026;1:1)", message.Text, StringComparison.Ordinal);
        Assert.Contains("Held by: version 1.0 (10.9999/invented).", message.Text, StringComparison.Ordinal);
        Assert.Equal(report.Run, message.RunId);
    }

    [Fact]
    public async Task A_concern_on_an_included_report_is_told_at_once()
    {
        await nights.PublishAsync("pmid:1");
        nights.PubMed.Gives.Add(MailNights.Paper(1, new Correction("ExpressionOfConcernIn", 99, null)));

        Assert.Equal(1, (await nights.NextAsync()).Alerts);
        Assert.StartsWith("Expression of concern: ", Assert.Single(await nights.WrittenAsync("alert")).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retraction_of_what_nobody_included_waits_for_the_digest()
    {
        nights.PubMed.Gives.Add(MailNights.Paper(1));
        await nights.NextAsync();
        nights.ToNextEvening();
        nights.PubMed.Gives[0] = MailNights.Paper(1, new Correction("RetractionIn", 99, null));

        Assert.Equal(0, (await nights.NextAsync()).Alerts);
    }

    [Fact]
    public async Task An_included_trial_that_stops_is_told_at_once_in_the_sponsors_words()
    {
        await nights.PublishAsync("nct:NCT90000001");
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();
        nights.ToNextEvening();
        nights.Registry.Gives[0] = MailNights.Trial("NCT90000001", "TERMINATED", "Two deaths");

        Assert.Equal(1, (await nights.NextAsync()).Alerts);

        var message = Assert.Single(await nights.WrittenAsync("alert"));
        Assert.StartsWith("Stopped (terminated): ", message.Subject, StringComparison.Ordinal);
        Assert.Contains("“Two deaths”", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_going_on_and_stopped_again_is_told_twice_and_the_same_night_again_not_at_all()
    {
        await nights.PublishAsync("nct:NCT90000001");
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();
        foreach (var status in (string[])["SUSPENDED", "SUSPENDED", "RECRUITING", "SUSPENDED"])
        {
            nights.Registry.Gives[0] = MailNights.Trial("NCT90000001", status);
            nights.ToNextEvening();
            await nights.NextAsync();
        }

        Assert.Equal(2, (await nights.WrittenAsync("alert")).Count);
    }

    [Fact]
    public async Task Results_of_an_ongoing_trial_are_told_at_once()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();
        await nights.ClassAsync("nct:NCT90000001", StudyClass.Ongoing);
        nights.ToNextEvening();
        nights.Registry.Gives[0] = MailNights.Trial("NCT90000001", "COMPLETED", hasResults: true);

        Assert.Equal(1, (await nights.NextAsync()).Alerts);
        Assert.StartsWith("Results: ", Assert.Single(await nights.WrittenAsync("alert")).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_at_once_names_both_a_mailbox_and_the_webhook()
    {
        using var both = new MailNights(new AlertsOptions { To = "a@review.example, b@review.example", Webhook = new WebhookOptions { Url = "https://hook.example/in", Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } });
        await both.PublishAsync("nct:NCT90000001");
        both.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        both.Registry.Gives.Add(MailNights.Trial("NCT90000002"));
        await both.NextAsync();
        both.ToNextEvening();
        both.Registry.Gives[0] = MailNights.Trial("NCT90000001", "WITHDRAWN");

        Assert.Equal(3, (await both.NextAsync()).Alerts);

        var written = await both.WrittenAsync("alert");
        Assert.Equal(["hook.example", "a@review.example", "b@review.example", "hook.example"], written.Select(row => row.Recipient));
        Assert.Contains("\"type\":\"studies.entered\"", written[0].Text, StringComparison.Ordinal);
        Assert.Contains("nct:NCT90000002", written[0].Text, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"study.stopped\"", written[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nobody_to_tell_nothing_is_written()
    {
        using var alone = new MailNights(new AlertsOptions());
        await alone.PublishAsync("nct:NCT90000001");
        alone.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await alone.NextAsync();
        alone.ToNextEvening();
        alone.Registry.Gives[0] = MailNights.Trial("NCT90000001", "WITHDRAWN");

        Assert.Equal(0, (await alone.NextAsync()).Alerts);
        Assert.Empty(await alone.WrittenAsync());
    }

    [Fact]
    public async Task What_waited_when_a_backup_was_taken_is_held_for_a_person_when_it_comes_back()
    {
        await nights.PublishAsync("pmid:1");
        nights.PubMed.Gives.Add(MailNights.Paper(1, new Correction("RetractionIn", 99, null)));
        await nights.NextAsync();
        using var empty = new TestStore();
        var folder = Directory.CreateTempSubdirectory("cartingest-backup-");
        try
        {
            var file = Path.Combine(folder.FullName, "backup");
            await new StoreCopy(nights.Stores).BackUpAsync(file, CancellationToken.None);
            await new StoreCopy(empty.Stores).RestoreAsync(file, CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(new OutboxCounts(0, 0, 1, 0), await new OutboxBook(empty.Stores).CountAsync(CancellationToken.None));
        var held = Assert.Single(await new OutboxBook(empty.Stores).OpenAsync(CancellationToken.None));
        Assert.Equal((OutboxMoves.Restored, false), (held.Said, held.WasUnanswered));
    }
}
