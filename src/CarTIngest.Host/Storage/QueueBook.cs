using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What a night writes of the queue, within the night's own transaction. Writing the same night again changes nothing.</summary>
public static class QueueBook
{
    /// <summary>The ids of the studies in the queue and of the records that brought them: whoever is among them does not enter again.</summary>
    public static async Task<IReadOnlySet<string>> EnteredAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var queued = await store.Queue.AsNoTracking().Select(row => new { row.Study, row.By }).ToListAsync(cancellationToken);
        return queued.SelectMany(row => (string[])[row.Study, row.By]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether an equal task is open: asked for and not settled by a person.</summary>
    public static async Task<Func<StudyTask, bool>> OpenTasksAsync(StoreContext store, ScreeningState state, CancellationToken cancellationToken)
    {
        var asked = await store.Tasks.AsNoTracking().ToListAsync(cancellationToken);
        var open = asked.Where(row => !state.IsSettled(TaskOf(row), row.Night)).Select(row => (row.Study, row.Task, row.Because, row.By)).ToHashSet();
        return task => open.Contains((task.Study, task.Task, task.Because, task.By.Text));
    }

    /// <returns>What is new of it, which is what the night reports.</returns>
    public static async Task<QueueNight> WriteAsync(StoreContext store, QueueNight night, CancellationToken cancellationToken)
    {
        var entered = await EnteredAsync(store, cancellationToken);
        var entries = night.Entries.Where(entry => !entered.Contains(entry.Study) && !entered.Contains(entry.By.Text)).DistinctBy(entry => entry.Study).DistinctBy(entry => entry.By).ToList();
        store.Queue.AddRange(entries.Select(entry => new QueuedStudy { Study = entry.Study, By = entry.By.Text, Verdict = entry.Verdict, Way = entry.Way, Night = night.Night, RunId = night.RunId }));
        var told = (await store.Tasks.AsNoTracking().Where(row => row.Night == night.Night).ToListAsync(cancellationToken)).Select(row => (row.Study, row.Task, row.Because, row.By)).ToHashSet();
        var tasks = night.Tasks.Where(task => told.Add((task.Study, task.Task, task.Because, task.By.Text))).ToList();
        store.Tasks.AddRange(tasks.Select(task => new AskedTask
        {
            Study = task.Study, Task = task.Task, Because = task.Because, By = task.By.Text, Fields = string.Join(',', task.Fields), Night = night.Night, RunId = night.RunId,
        }));
        // Derived anew each night, and of nobody's deciding.
        await store.Outside.ExecuteDeleteAsync(cancellationToken);
        store.Outside.AddRange(night.Outside.Select(held => new StudyOutside { Study = held.Study, By = held.By.Text, Verdict = held.Verdict }));
        await store.SaveAndForgetAsync(cancellationToken);
        return night with { Entries = entries, Tasks = tasks };
    }

    internal static StudyTask TaskOf(AskedTask row) =>
        new(row.Study, row.Task, row.Because, StoredId(row.By), row.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries));

    internal static Records.RecordId StoredId(string text) => Records.RecordId.TryParse(text, out var id) ? id : throw new StoreDamagedException($"'{text}' is no record's id.");
}

/// <summary>What one night brings to the queue.</summary>
/// <param name="RunId">Null outside a night.</param>
/// <param name="Outside">All likely and possible studies that are held outside the queue, as they are now.</param>
public sealed record QueueNight(DateOnly Night, long? RunId, IReadOnlyList<QueueEntry> Entries, IReadOnlyList<StudyTask> Tasks, IReadOnlyList<QueueEntry> Outside);
