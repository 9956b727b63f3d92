using System.Globalization;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The base review, the queue, its tasks and the decisions as lines of the state, in key order, without clock times and nights. A store without any of them has no such line.</summary>
internal static class IntegrityOfScreening
{
    public static async Task<IReadOnlyList<string?[]>> LinesAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var bases = await store.Bases.AsNoTracking().ToListAsync(cancellationToken);
        var rows = await store.BaseRows.AsNoTracking().ToListAsync(cancellationToken);
        var queue = await store.Queue.AsNoTracking().ToListAsync(cancellationToken);
        var outside = await store.Outside.AsNoTracking().ToListAsync(cancellationToken);
        var tasks = await store.Tasks.AsNoTracking().ToListAsync(cancellationToken);
        var decisions = await DecisionBook.ChainAsync(store, cancellationToken);
        return
        [
            .. bases.OrderBy(held => held.Version, StringComparer.Ordinal).Select(held => (string?[])["base", held.Version, held.Doi, held.Searched, Text(held.Studies), Text(held.Patients)]),
            .. rows.OrderBy(row => row.Version, StringComparer.Ordinal).ThenBy(row => row.Line).Select(row => (string?[])["base row", row.Version, Text(row.Line), row.Study, row.Records, Text(row.Patients), row.Note]),
            .. queue.OrderBy(queued => queued.Study, StringComparer.Ordinal).Select(queued => (string?[])["queue", queued.Study, queued.By, Spelling.Of(queued.Verdict), Spelling.Of(queued.Way)]),
            .. outside.OrderBy(held => held.Study, StringComparer.Ordinal).Select(held => (string?[])["outside", held.Study, held.By, Spelling.Of(held.Verdict)]),
            .. tasks.OrderBy(task => task.Study, StringComparer.Ordinal).ThenBy(task => task.Task).ThenBy(task => task.Because).ThenBy(task => task.By, StringComparer.Ordinal).ThenBy(task => task.Night)
                .Select(task => (string?[])["task", task.Study, Spelling.Of(task.Task), Spelling.Of(task.Because), task.By, task.Fields]),
            .. decisions.Select(decision => (string?[])["decision", Text(decision.Number), decision.By, decision.Kind, decision.Subject, decision.Payload]),
        ];
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
