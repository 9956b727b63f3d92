using CarTIngest.Eligibility;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Watchdog;
using CarTIngest.Host.Web;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Web;

/// <summary>What the status and a night say, and to whom.</summary>
public sealed class StatusPageTests : IAsyncLifetime
{
    private static readonly DateOnly LastNight = new(2026, 5, 15);

    private PagesUnderTest pages = null!;
    private Visitor chief = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        chief = await pages.VisitAsAsync("chief@hospital.example", Role.Operator);
    }

    public async Task DisposeAsync()
    {
        chief.Dispose();
        await pages.DisposeAsync();
    }

    [Theory]
    [InlineData("silence", "pubmed")]
    [InlineData("outbox", "refused")]
    public async Task Says_of_an_open_alarm_what_to_do_to_operators_alone(string condition, string subject)
    {
        var what = pages.Services.GetRequiredService<ConditionList>().Do(condition);
        Assert.NotEqual("", what);
        await AddAsync(new Alarm { Condition = condition, Subject = subject, Says = "Something is so.", Since = pages.Clock.GetUtcNow() });

        (await chief.GetAsync("")).Says("Something is so.").Says($"What to do: {what}");
        using var reader = await pages.VisitAsAsync("ada@hospital.example", Role.Reader);
        Assert.DoesNotContain("What to do", (await reader.GetAsync("")).Says("Something is so.").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_of_mail_that_a_person_must_look_at_what_the_watchdog_says()
    {
        (await chief.GetAsync("")).Says("No message was sent yet, and none waits.");
        await AddAsync(Message(OutboxState.Pending), Message(OutboxState.Sending), Message(OutboxState.Sent), Message(OutboxState.Ambiguous), Message(OutboxState.Withdrawn));

        (await chief.GetAsync("")).Says("2 waiting, 1 sent, 1 perhaps received.").Says($"What to do: {pages.Services.GetRequiredService<ConditionList>().Do("outbox")}");
    }

    [Fact]
    public async Task Says_that_no_process_does_the_work_also_while_one_that_died_is_on_the_list()
    {
        (await chief.GetAsync("")).Says("No process does the work");
        var jobs = pages.Services.GetRequiredService<JobStorage>();
        using var connection = jobs.GetConnection();
        connection.AnnounceServer("vm:1:a", new ServerContext { Queues = ["default"], WorkerCount = 1 });

        Assert.DoesNotContain("No process does the work", (await chief.GetAsync("")).Says("vm, since").Text, StringComparison.Ordinal);
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(4));
        Assert.False(Assert.Single(new Workers(jobs, later).Known()).IsAlive);
    }

    [Fact]
    public async Task Says_that_a_run_without_sources_judged_again()
    {
        var run = await RunAsync();

        (await chief.GetAsync("")).Says("It asked no source: it judged again what is held");
        (await chief.GetAsync($"nights/{run}")).Says("It asked no source: it judged again what is held");
    }

    [Theory]
    [InlineData(LossKind.Strategy, "no arm of the search strategy matches it")]
    [InlineData(LossKind.Source, "its source does not give it any more")]
    [InlineData(LossKind.Verdict, "the rulebook in force does not call it likely")]
    public async Task Says_in_words_how_a_record_is_lost(LossKind lost, string says)
    {
        await AddAsync(new LostReport { RecordId = "pmid:1", Study = "nct:NCT99000001", Lost = lost, Because = "For a reason.", Night = LastNight, RunId = await RunAsync() });

        (await chief.GetAsync("")).Says($"PMID 1 of the included study NCT99000001, since 15 May 2026: {says}. For a reason.");
    }

    [Fact]
    public async Task Calls_the_sources_by_their_own_names_and_leaves_nothing_empty()
    {
        var run = await RunAsync();
        foreach (var source in new[] { "clinicaltrials", "pubmed" })
        {
            var sums = new SourceNight(source, 2, 2, 1, 0, 1, 0, 0, 0, 0, 0, NamedRecords.None, 1, 1, Answered: true, Complete: true, [], []);
            await AddAsync(
                new RunSource { RunId = run, Source = source, Complete = true, Announced = 2, ReaderVersion = "1", ReadWhole = true, Sums = NightReportJson.Write(sums), Drift = "{}" },
                new RunArm { RunId = run, Source = source, Arm = "A", Title = "A", Sent = "car", Count = 2, Listed = 2, Warnings = "[]" },
                new Watermark { Source = source, Night = LastNight });
        }

        await AddAsync(
            new RunNamed { RunId = run, Source = "pubmed", Kind = "left", RecordId = "pmid:1", Why = "For a reason." },
            new Change { RecordId = "nct:NCT99000001", Revision = 2, Field = "title", From = "One", To = "Another", Night = LastNight, RunId = run },
            new Alarm { Condition = "silence", Subject = "pubmed", Says = "Something is so.", Since = pages.Clock.GetUtcNow() });

        foreach (var path in new[] { "", $"nights/{run}" })
        {
            var shown = (await chief.GetAsync(path)).Is(200).Says("PubMed").Says("ClinicalTrials.gov");
            Assert.DoesNotContain("clinicaltrials", shown.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("pubmed", shown.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<p></p>", shown.Text, StringComparison.Ordinal);
        }

        (await chief.GetAsync("")).Says("Left: the source still gives it; Missing: it does not, so far; Gone: it does not, and that is settled.");
        (await chief.GetAsync($"nights/{run}")).Says("<h2>What was searched</h2>").Says("<h2>Records that this night names</h2>");
    }

    [Fact]
    public async Task Calls_tasks_and_records_as_people_write_them()
    {
        var run = await RunAsync();
        await AddAsync(
            new AskedTask { Study = "nct:NCT99000001", Task = TaskKind.ResultsAvailable, Because = TaskCause.ResultsPosted, By = "pmid:1", Fields = "hasResults", Night = LastNight, RunId = run },
            new QueuedStudy { Study = "nct:NCT99000002", By = "nct:NCT99000002", Verdict = Verdict.Likely, Way = QueueWay.Verdict, Night = LastNight, RunId = run });

        var shown = (await chief.GetAsync($"nights/{run}")).Says("results available of NCT99000001, because of results posted, by PMID 1").Says("NCT99000002.");
        Assert.DoesNotContain("nct:", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pmid:", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_many_records_are_not_shown()
    {
        var run = await RunAsync();
        await AddAsync([.. Enumerable.Range(1, 1102).Select(number => new RunNamed { RunId = run, Source = "pubmed", Kind = "left", RecordId = $"pmid:{number}", Why = "For a reason." })]);

        (await chief.GetAsync($"nights/{run}")).Says("And 1,002 more.");
    }

    private async Task<long> RunAsync()
    {
        var run = new Run { Night = LastNight, StartedAt = pages.Clock.GetUtcNow().AddHours(-7), EndedAt = pages.Clock.GetUtcNow().AddHours(-6), ProductVersion = "0.1.0", Complete = true };
        await AddAsync(run);
        return run.Id;
    }

    private OutboxMessage Message(OutboxState state) => new()
    {
        Key = $"{state}",
        Kind = "digest",
        Channel = "mail",
        Recipient = "ada@hospital.example",
        Topic = "digest",
        Subject = "S",
        Text = "T",
        CreatedAt = pages.Clock.GetUtcNow(),
        State = state,
        NextAttemptAt = pages.Clock.GetUtcNow(),
    };

    private async Task AddAsync(params object[] rows)
    {
        await using var store = pages.Store.Stores.Open();
        store.AddRange(rows);
        await store.SaveChangesAsync();
    }
}
