using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What a night writes of the queue, within the night's own transaction. The same run again changes nothing and gives the same answer.</summary>
public static class QueueBook
{
    /// <summary>Opens studies in the queue, and tasks on those that were there before.</summary>
    /// <param name="studies">All that are judged; see <see cref="TonightsQueue"/>.</param>
    /// <param name="run">The run's number and night.</param>
    /// <returns>What this run brought, which is what it reports.</returns>
    public static async Task<QueueNight> OpenAsync(StoreContext store, Protocol protocol, IReadOnlyList<StudyTonight> studies, QueueRun run, CancellationToken cancellationToken)
    {
        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var published = await BaseShelf.InForceAsync(store, cancellationToken);
        var before = await store.Queue.AsNoTracking().Where(row => row.RunId == null || row.RunId != run.Id).OrderBy(row => row.Night).ThenBy(row => row.Study).ToListAsync(cancellationToken);
        var isOpen = await OpenTasksAsync(store, state, run, cancellationToken);
        return await WriteAsync(store, TonightsQueue.Of(state, published, studies, [.. before.Select(EntryOf)], run.Night, isOpen), run, cancellationToken);
    }

    /// <summary>Whether an equal task is open: asked for by an earlier run and not settled by a person.</summary>
    public static async Task<Func<StudyTask, bool>> OpenTasksAsync(StoreContext store, ScreeningState state, QueueRun run, CancellationToken cancellationToken)
    {
        var asked = await store.Tasks.AsNoTracking().Where(row => row.RunId == null || row.RunId != run.Id).ToListAsync(cancellationToken);
        var open = asked.Where(row => !state.IsSettled(TaskOf(row), row.Night)).Select(KeyOf).ToHashSet();
        return task => open.Contains((task.Study, task.Task, task.Because, task.By.Text));
    }

    /// <summary>Writes what is not there yet.</summary>
    /// <returns>What this run brought.</returns>
    public static async Task<QueueNight> WriteAsync(StoreContext store, QueueNight night, QueueRun run, CancellationToken cancellationToken)
    {
        var rows = await store.Queue.AsNoTracking().ToListAsync(cancellationToken);
        var entered = rows.SelectMany(row => (string[])[row.Study, row.By]).ToHashSet(StringComparer.Ordinal);
        var entries = night.Entries.Where(entry => !entered.Contains(entry.Study) && !entered.Contains(entry.By.Text))
            .Select(entry => new QueuedStudy { Study = entry.Study, By = entry.By.Text, Verdict = entry.Verdict, Way = entry.Way, Night = run.Night, RunId = run.Id }).ToList();
        var asked = await store.Tasks.AsNoTracking().Where(row => row.Night == run.Night).ToListAsync(cancellationToken);
        var told = asked.Select(KeyOf).ToHashSet();
        var tasks = night.Tasks.Where(task => told.Add((task.Study, task.Task, task.Because, task.By.Text)))
            .Select(task => new AskedTask { Study = task.Study, Task = task.Task, Because = task.Because, By = task.By.Text, Fields = string.Join(',', task.Fields), Night = run.Night, RunId = run.Id }).ToList();
        store.Queue.AddRange(entries);
        store.Tasks.AddRange(tasks);
        // Derived anew each night, and of nobody's deciding.
        await store.Outside.ExecuteDeleteAsync(cancellationToken);
        store.Outside.AddRange(night.Outside.Select(held => new StudyOutside { Study = held.Study, By = held.By.Text, Verdict = held.Verdict }));
        await store.SaveAndForgetAsync(cancellationToken);
        return night with
        {
            Entries = [.. rows.Where(row => row.RunId is not null && row.RunId == run.Id).Concat(entries).OrderBy(row => row.Study, StringComparer.Ordinal).Select(EntryOf)],
            Tasks = [.. asked.Where(row => row.RunId is not null && row.RunId == run.Id).Concat(tasks).Select(TaskOf).OrderBy(task => task.Study, StringComparer.Ordinal).ThenBy(task => task.Task).ThenBy(task => task.Because).ThenBy(task => task.By)],
        };
    }

    internal static StudyTask TaskOf(AskedTask row) =>
        new(row.Study, row.Task, row.Because, StoredId(row.By), row.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries));

    internal static RecordId StoredId(string text) => RecordId.TryParse(text, out var id) ? id : throw new StoreDamagedException($"'{text}' is no record's id.");

    private static (string, TaskKind, TaskCause, string) KeyOf(AskedTask row) => (row.Study, row.Task, row.Because, row.By);

    private static QueueEntry EntryOf(QueuedStudy row) => new(row.Study, StoredId(row.By), row.Verdict, row.Way);
}

/// <param name="Id">Null outside a night.</param>
public sealed record QueueRun(long? Id, DateOnly Night);
