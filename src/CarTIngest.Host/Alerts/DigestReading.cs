using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Reporting.Digests;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>From the ledger to what a digest may tell: the reports of some runs, and the records that they name.</summary>
public sealed class DigestReading(StoreFactory stores, Protocol protocol, QueueReading queue)
{
    private const int AtOnce = 500;

    /// <summary>Of the runs after one and up to another.</summary>
    public async Task<DigestMaterial> ReadAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var runs = await store.Runs.AsNoTracking().Where(run => run.Id > after && run.Id <= upTo && run.Report != null).OrderBy(run => run.Id).Select(run => new { run.Report, run.Rulebook }).ToListAsync(cancellationToken);
        var nights = runs.Select(run => NightReportJson.Read(run.Report!)).ToList();
        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var came = nights.SelectMany(night => night.Likely.Concat(night.Possible).Concat(night.Beside).Concat(night.Tasks.Select(task => task.By))).ToHashSet();
        var changed = nights.SelectMany(night => night.Changes).Select(change => change.Id).Where(id => id.Source == "clinicaltrials");
        var seen = await SeenRecords.OfAsync(
            store, state, [.. came.Concat(changed).Distinct()], followed => RelationReading.OfAsync(store, state, [.. followed.Where(came.Contains)], cancellationToken), cancellationToken);
        var isSetAside = state.UnlikelySetAside is { } adopted && runs.Any(run => run.Rulebook is { } rulebook && adopted.Covers(rulebook));
        return new DigestMaterial(nights, seen, isSetAside ? await SetAsideAsync(store, nights, cancellationToken) : null) { ToldBefore = await ToldBeforeAsync(store, nights, after, cancellationToken) };
    }

    /// <summary>Of what these nights may tell as new, what is not: it was told so before, or its verdict moved and it was not unlikely before either.</summary>
    private static async Task<IReadOnlySet<RecordId>> ToldBeforeAsync(StoreContext store, IReadOnlyList<NightReport> nights, long after, CancellationToken cancellationToken)
    {
        var flagged = store.Judgements.AsNoTracking().Where(judged => judged.RunId <= after && judged.Verdict != Verdict.Unlikely);
        var entered = store.Queue.Where(row => row.RunId <= after);
        // A study may bear another id now than when it entered: what brought it in is known by its record.
        var told = flagged.Where(judged => store.Tasks.Any(task => task.By == judged.RecordId && task.Because == TaskCause.NewReport && task.RunId <= after)
            || store.Members.Any(member => member.RecordId == judged.RecordId && member.RunId <= after
                && store.Members.Any(other => other.Study == member.Study && other.RunId <= after && entered.Any(row => row.By == other.RecordId))));
        var before = await OfThemAsync(flagged, DigestComposer.RejudgedIn(nights), cancellationToken);
        before.UnionWith(await OfThemAsync(told, DigestComposer.ReportsOf(nights), cancellationToken));
        return before;
    }

    private static async Task<HashSet<RecordId>> OfThemAsync(IQueryable<HeldJudgement> judgements, IEnumerable<RecordId> meant, CancellationToken cancellationToken)
    {
        var found = new HashSet<RecordId>();
        foreach (var some in meant.Select(id => id.Text).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            found.UnionWith((await judgements.Where(judged => some.Contains(judged.RecordId)).Select(judged => judged.RecordId).Distinct().ToListAsync(cancellationToken)).Select(Holdings.IdOf));
        }

        return found;
    }

    /// <summary>What waits for one person; for an address of the settings, what waits for anybody.</summary>
    public async Task<WaitingForReader> WaitsAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (!recipient.Screens)
        {
            return WaitingForReader.Nothing;
        }

        var seen = await queue.ReadAsync(protocol, cancellationToken);
        var mine = seen.Waiting.Where(item => item.Place.Awaits(seen.State, item.Members, recipient.Name ?? "")).ToList();
        var unsettled = mine.Where(item => IsUnsettled(item.Place.State)).ToList();
        var votes = mine.Where(item => item.Place.State is "awaiting_first" or "awaiting_second").ToList();
        return new WaitingForReader(
            votes.Count(item => item.Place.Stage == Stage.Title), votes.Count(item => item.Place.Stage == Stage.Full), recipient.IsLead ? unsettled.Count : 0, recipient.IsLead ? seen.Tasks.Count : 0);
    }

    private static bool IsUnsettled(string state) => Spelling.TryParse<ItemState>(state, out var item) && item is ItemState.Conflict or ItemState.ReasonConflict or ItemState.Maybe;

    private static async Task<int> SetAsideAsync(StoreContext store, IReadOnlyList<NightReport> nights, CancellationToken cancellationToken)
    {
        var verdicts = await JudgementBook.VerdictsAsync(store, cancellationToken);
        var entered = (await store.Queue.AsNoTracking().Select(row => row.By).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return nights.SelectMany(night => night.Sources).SelectMany(source => source.Named.New).Distinct().Count(id => verdicts.TryGetValue(id, out var verdict) && verdict == Verdict.Unlikely && !entered.Contains(id.Text));
    }
}
