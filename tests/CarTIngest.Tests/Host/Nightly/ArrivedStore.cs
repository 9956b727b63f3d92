using CarTIngest.Eligibility;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A real store into which records come by whole nights, in whatever order and shares.</summary>
internal sealed class ArrivedStore : IDisposable
{
    private static readonly Protocol SetAside = ProtocolFile.Plain with { UnlikelySetAside = new Adoption("the lead", new DateOnly(2026, 1, 1), Adoption.AnyRulebook, "why") };

    private readonly TestStore store = new();
    private readonly RecordSource papers = new("pubmed");
    private readonly RecordSource registry = new("clinicaltrials");
    private readonly NightlyRun run;
    private DateOnly tonight = new(2026, 3, 1);

    public ArrivedStore() =>
        run = InventedNight.Of([papers, registry], store.Stores, new Leases(store.Stores, TimeProvider.System, TestStore.Holder("test")), new HashSet<RecordId>(), new NightlyOptions { SecondLookAfterSeconds = 0 }, TimeProvider.System, SetAside);

    /// <summary>A store into which these come, a share a night.</summary>
    public static async Task<ArrivedStore> OfAsync(IEnumerable<IReadOnlyList<SourceRecord>> nights)
    {
        var arrived = new ArrivedStore();
        await arrived.store.Stores.MigrateAsync(CancellationToken.None);
        foreach (var night in nights)
        {
            await arrived.NextAsync(night);
        }

        return arrived;
    }

    public async Task NextAsync(IReadOnlyList<SourceRecord> came)
    {
        foreach (var source in (RecordSource[])[papers, registry])
        {
            source.Gives.AddRange(came.Where(record => record.Id.Source == source.Name));
            source.DataVersion = $"data of {tonight:yyyy-MM-dd}";
        }

        Assert.True((await run.RunAsync(new NightRequest(tonight), CancellationToken.None)).Complete);
        tonight = tonight.AddDays(1);
    }

    /// <summary>What verify calls the state: records, verdicts, studies, queue and tasks, without clock times.</summary>
    public async Task<string> StateAsync()
    {
        var report = await new Integrity(store.Stores).VerifyAsync(CancellationToken.None);
        Assert.Empty(report.Faults);
        return report.State;
    }

    /// <summary>What does not depend on the night on which anything came: verdicts, studies, and which of the studies are before people.</summary>
    public async Task<string> SeenAsync()
    {
        await using var opened = store.Stores.Open();
        var verdicts = await JudgementBook.InForceAsync(opened, CancellationToken.None);
        var studies = await StudyShelf.ReadAsync(opened, CancellationToken.None);
        var entered = (await opened.Queue.AsNoTracking().ToListAsync()).SelectMany(entry => (string[])[entry.Study, entry.By]).ToHashSet(StringComparer.Ordinal);
        return string.Join('\n', studies.Select(study =>
            $"{study.Study}: {string.Join(", ", study.Records.Select(record => $"{record} {verdicts[record].Verdict}"))}{(entered.Contains(study.Study) || study.Records.Any(record => entered.Contains(record.Text)) ? ", in the queue" : "")}"));
    }

    public async Task<LinksSeen> LinksAsync(LinkDepth depth) => (await new LinkReading(store.Stores).ReadAsync(SetAside, depth, CancellationToken.None))!;

    /// <summary>Nothing entered twice, and what entered was likely or possible.</summary>
    public async Task AssertEnteredOnceAsync()
    {
        await using var opened = store.Stores.Open();
        var entries = await opened.Queue.AsNoTracking().ToListAsync();
        Assert.Equal(entries.Count, entries.Select(entry => entry.By).Distinct().Count());
        Assert.All(entries, entry => Assert.True(entry.Way != QueueWay.Verdict || entry.Verdict >= Verdict.Possible));
    }

    public void Dispose() => store.Dispose();
}
