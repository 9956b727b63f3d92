using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The records of included studies that were lost, from which night on and until which. Each is told when it begins and when it ends.</summary>
public static class WatchBook
{
    /// <summary>Compares with what was lost before and writes what began and what ended, within the night's own transaction.</summary>
    /// <param name="settled">Sources with a complete census tonight; of the others nothing is known, so what was lost there stays lost.</param>
    /// <returns>What began and what ended tonight.</returns>
    public static async Task<IReadOnlyList<WatchedLoss>> WriteAsync(StoreContext store, IReadOnlyList<ClassedStudy> classed, IReadOnlySet<string> settled, long run, DateOnly night, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(classed);
        ArgumentNullException.ThrowIfNull(settled);
        var included = classed.Where(study => study.Class == StudyClass.Included).ToList();
        var lost = SearchWatch.Losses(await WatchReading.OfAsync(store, included, settled, cancellationToken));
        var watched = included.SelectMany(study => study.Records).Select(id => id.Text).ToHashSet(StringComparer.Ordinal);
        var open = await store.Losses.Where(row => row.UntilNight == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var now = lost.Select(loss => (loss.Id.Text, loss.Lost)).ToHashSet();
        var ended = open.Where(row => !now.Contains((row.RecordId, row.Lost)) && !(watched.Contains(row.RecordId) && IsUnknown(row, settled))).ToList();
        ended.ForEach(row => (row.UntilNight, row.UntilRunId) = (night, run));
        var known = open.Select(row => (row.RecordId, row.Lost)).ToHashSet();
        var begun = lost.Where(loss => !known.Contains((loss.Id.Text, loss.Lost)))
            .Select(loss => new LostReport { RecordId = loss.Id.Text, Study = loss.Study, Lost = loss.Lost, Because = loss.Because, Night = night, RunId = run }).ToList();
        store.Losses.AddRange(begun);
        await store.SaveAndForgetAsync(cancellationToken);
        return [.. begun.Concat(ended).Select(Told)];
    }

    /// <summary>What is lost now, the oldest first.</summary>
    public static async Task<IReadOnlyList<WatchedLoss>> OpenAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return [.. (await store.Losses.AsNoTracking().Where(row => row.UntilNight == null).OrderBy(row => row.Id).ToListAsync(cancellationToken)).Select(Told)];
    }

    private static bool IsUnknown(LostReport row, IReadOnlySet<string> settled) => row.Lost != LossKind.Verdict && !settled.Contains(Holdings.IdOf(row.RecordId).Source);

    private static WatchedLoss Told(LostReport row) => new(Holdings.IdOf(row.RecordId), row.Study, Spelling.Of(row.Lost), row.Because, row.Night, row.UntilNight);
}
