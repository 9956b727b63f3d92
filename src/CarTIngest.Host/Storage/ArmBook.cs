using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Which arm matches which record, from which night on and until which. What was so before stays written.</summary>
public static class ArmBook
{
    /// <summary>What an arm matches now, in the order of the ids.</summary>
    public static async Task<IReadOnlyList<RecordId>> MatchedByAsync(StoreContext store, string source, string arm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return [.. (await store.Matches.Where(match => match.Source == source && match.Arm == arm && match.UntilRunId == null).Select(match => match.RecordId).ToListAsync(cancellationToken)).Select(Holdings.IdOf).Order()];
    }

    /// <summary>Which arms ever matched a record, in the order in which they began to.</summary>
    public static async Task<IReadOnlyList<FoundBy>> OfAsync(StoreContext store, RecordId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.Matches.AsNoTracking().Where(match => match.RecordId == id.Text).OrderBy(match => match.Id).Select(match => new FoundBy(match.Arm, match.Night, match.UntilNight)).ToListAsync(cancellationToken);
    }

    /// <summary>Writes what a census changed. Part of the caller's transaction; the caller saves.</summary>
    /// <param name="believed">Whether what the census does not list is matched no more. Proven arms add all the same.</param>
    public static async Task WriteAsync(StoreContext store, SourceCensus census, string source, long run, DateOnly night, bool believed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(census);
        var open = await store.Matches.Where(match => match.Source == source && match.UntilRunId == null).ToListAsync(cancellationToken);
        var known = open.Select(match => (match.Arm, match.RecordId)).ToHashSet();
        var now = census.Arms.Where(arm => arm.Proven).SelectMany(arm => arm.Ids.Keys.Select(id => (Arm: arm.Arm.Name, Record: id.Text))).ToHashSet();
        foreach (var gone in open.Where(match => believed && !now.Contains((match.Arm, match.RecordId))))
        {
            (gone.UntilRunId, gone.UntilNight) = (run, night);
        }

        var came = now.Where(match => !known.Contains(match)).OrderBy(match => match.Arm, StringComparer.Ordinal).ThenBy(match => match.Record, StringComparer.Ordinal);
        store.Matches.AddRange(came.Select(match => new ArmMatch { Source = source, Arm = match.Arm, RecordId = match.Record, Night = night, RunId = run }));
    }
}

/// <summary>An arm by which a record is, or was, identified.</summary>
/// <param name="Until">Absent while it matches.</param>
public sealed record FoundBy(string Arm, DateOnly Since, DateOnly? Until);
