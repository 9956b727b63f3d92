using CarTIngest.Host.Alerts;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using CarTIngest.Tests.Host.Nightly;
using CarTIngest.Tests.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>Whole nights over a real store by a clock that a test moves, with people to tell: the records of both sources are given whole.</summary>
internal sealed class MailNights : IDisposable
{
    public const string Lead = "lead@review.example";

    private readonly TestStore store = new();
    private readonly NightlyRun run;

    public MailNights(AlertsOptions? options = null)
    {
        Options = options ?? new AlertsOptions { To = Lead };
        run = InventedNight.Of([PubMed, Registry], Stores, new Leases(Stores, Clock, TestStore.Holder("test")), new HashSet<RecordId>(), new NightlyOptions { SecondLookAfterSeconds = 0 }, Clock, alerts: Options);
    }

    /// <summary>22:30 in New York on 1 March 2026, a Sunday.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 3, 30, 0, TimeSpan.Zero));

    public AlertsOptions Options { get; }

    public RecordSource PubMed { get; } = new("pubmed");

    public RecordSource Registry { get; } = new("clinicaltrials");

    public StoreFactory Stores => store.Stores;

    public DigestDesk Desk
    {
        get
        {
            var place = new AlertsPlace(null, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
            return new DigestDesk(
                Stores, new Recipients(Options), new DigestReading(Stores, ProtocolFile.Plain, new QueueReading(Stores)), new DigestTiming(Options, place, Clock), new Letters(new MailTemplates(), place), Clock);
        }
    }

    public static Trial Trial(string number, string status = "RECRUITING", string? whyStopped = null, bool hasResults = false) => new()
    {
        NctId = number,
        BriefTitle = $"CD33 CAR-T Cells in Relapsed AML {number}",
        Status = status,
        WhyStopped = whyStopped,
        StudyType = "INTERVENTIONAL",
        Phases = ["PHASE1"],
        Conditions = ["Acute Myeloid Leukemia"],
        Interventions = [new Intervention("BIOLOGICAL", "CD33 CAR-T cells", [], null)],
        HasResults = hasResults,
    };

    public static Publication Paper(long pmid, params Correction[] corrections) => new()
    {
        Pmid = pmid,
        Title = $"CD33 CAR-T cells in acute myeloid leukemia: phase 1 trial {pmid}.",
        Abstract = [new AbstractSection(null, "We treated 10 patients with relapsed acute myeloid leukemia with CD33 CAR-T cells.")],
        PublicationTypes = ["Clinical Trial"],
        Corrections = corrections,
    };

    /// <summary>The night of this evening; an hour later it is over, and the next one is on the next evening.</summary>
    public async Task<NightReport> NextAsync()
    {
        await Stores.MigrateAsync(CancellationToken.None);
        (PubMed.DataVersion, Registry.DataVersion) = ($"{Clock.GetUtcNow():O}", $"{Clock.GetUtcNow():O}");
        var report = await run.RunAsync(new NightRequest(DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime.AddHours(-5))), CancellationToken.None);
        Clock.Advance(TimeSpan.FromHours(1));
        return report;
    }

    public void ToNextEvening() => Clock.Advance(TimeSpan.FromHours(23));

    public Task<int> DigestAsync() => Desk.WriteAsync(CancellationToken.None);

    public async Task ClassAsync(string study, StudyClass given)
    {
        foreach (var draft in new[] { Stage.Title, Stage.Full }.SelectMany(stage => new[] { "Ada", "Ben" }.Select(name => Votes.Vote(name, Choice.Include, stage: stage, subject: study))).Where(draft => given == StudyClass.Included || draft.Content is Vote { Stage: Stage.Title })
            .Append(new DecisionDraft("Ada", study, new Classed(given, given == StudyClass.Excluded ? "not_car_t" : null))))
        {
            await new DecisionBook(Stores, Clock).WriteAsync(ProtocolFile.Plain, draft, async (opened, state) => (await QueueReading.FindAsync(opened, state, draft.Subject, CancellationToken.None))?.Members, CancellationToken.None);
        }
    }

    /// <summary>Brings in a review as published, of one study.</summary>
    public async Task PublishAsync(params string[] records)
    {
        await Stores.MigrateAsync(CancellationToken.None);
        var review = new BaseReview("1.0", "10.9999/invented", Judged.Date("2025-01")!.Value, 1, null, [new IncludedRow(2, "Study 1", [.. records.Select(Judged.Id)], null, "")]);
        await using var lease = await new Leases(Stores, Clock, TestStore.Holder("people")).TakeAsync(Leases.Night, CancellationToken.None);
        await new BaseShelf(Stores, Clock).ImportAsync(review, lease, CancellationToken.None);
    }

    public async Task<IReadOnlyList<OutboxMessage>> WrittenAsync(string? kind = null)
    {
        await using var open = Stores.Open();
        return await open.Outbox.AsNoTracking().Where(row => kind == null || row.Kind == kind).OrderBy(row => row.Id).ToListAsync();
    }

    public void Dispose() => store.Dispose();
}
