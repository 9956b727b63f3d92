using CarTIngest.Host.Storage.Model;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Which arm matches which record, from which night on and until which. What was so before stays written.</summary>
public static class ArmBook
{
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
