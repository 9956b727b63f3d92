using CarTIngest.Eligibility;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The queue as people see it: what waits, at which stage and since when; the tasks; what is held outside.</summary>
public sealed class QueueReading(StoreFactory stores)
{
    /// <summary>What waits, the oldest first.</summary>
    public async Task<QueueSeen> ReadAsync(Protocol protocol, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var queued = await store.Queue.AsNoTracking().OrderBy(row => row.Night).ThenBy(row => row.Study).ToListAsync(cancellationToken);
        var members = await StudyMembers.OfAsync(store, state, [.. queued.Select(row => (row.Study, row.By))], cancellationToken);
        var waiting = new List<QueueItem>();
        foreach (var row in queued)
        {
            var (subject, title, pmcid) = members[row.Study];
            if (QueuePlace.Of(state, subject, row.By, row.Night) is { } place)
            {
                waiting.Add(new QueueItem(row.Study, row.By, place, subject, title, pmcid));
            }
        }

        var tasks = (await store.Tasks.AsNoTracking().ToListAsync(cancellationToken)).Where(row => !state.IsSettled(QueueBook.TaskOf(row), row.Night));
        return new QueueSeen(
            state,
            // Entries that are one study now are screened by title each, and read in full once.
            [.. waiting.DistinctBy(item => (item.Place.Stage, item.Place.Subject)).OrderBy(item => item.Place.Since).ThenBy(item => item.Study, StringComparer.Ordinal)],
            [.. tasks.OrderBy(row => row.Night).ThenBy(row => row.Study, StringComparer.Ordinal).ThenBy(row => row.Id)],
            AuditTally.Of(queued.Select(row => new AuditedEntry(row.By, row.Way, row.Night)), state));
    }

    /// <summary>The study that is meant by one of its ids or records.</summary>
    /// <returns>Null when it is neither in the queue nor in the base review.</returns>
    /// <exception cref="DecisionRefusedException">Several are.</exception>
    public async Task<FoundStudy?> FindAsync(Protocol protocol, string named, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await FindAsync(store, await DecisionBook.StateAsync(store, protocol, cancellationToken), named, cancellationToken);
    }

    /// <summary>The same within a transaction.</summary>
    public static Task<FoundStudy?> FindAsync(StoreContext store, ScreeningState state, string named, CancellationToken cancellationToken) => NamedStudy.FindAsync(store, state, named, cancellationToken);

    /// <summary>The open task that a person says is done, on the study that is meant by one of its ids or records.</summary>
    /// <returns>Null when none is open.</returns>
    /// <exception cref="DecisionRefusedException">Several are meant.</exception>
    public async Task<AskedTask?> FindTaskAsync(Protocol protocol, string named, TaskSettled asked, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await NamedStudy.TaskAsync(store, await DecisionBook.StateAsync(store, protocol, cancellationToken), named, asked, cancellationToken);
    }

    /// <summary>Likely and possible studies that the last night held outside the queue, the likely first.</summary>
    public async Task<OutsideSeen> OutsideAsync(Protocol protocol, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var rows = await store.Outside.AsNoTracking().ToListAsync(cancellationToken);
        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var members = await StudyMembers.OfAsync(store, state, [.. rows.Select(row => (row.Study, row.By))], cancellationToken);
        var seen = rows.OrderByDescending(row => row.Verdict).ThenBy(row => row.Study, StringComparer.Ordinal)
            .Select(row => new OutsideStudy(row.Study, row.By, row.Verdict, members[row.Study].Title)).ToList();
        return new OutsideSeen(await BaseShelf.InForceAsync(store, cancellationToken), state, seen);
    }
}

/// <param name="By">The record that brought it, by which it is screened by title; of a study of the base review the id under which people decide on it.</param>
/// <param name="Members">With the id under which people decide on it.</param>
public sealed record FoundStudy(string By, DecisionSubject Members);

/// <param name="Title">Of the record that brought it.</param>
/// <param name="Pmcid">Where PubMed Central has a full text of it; null where none of its papers is there.</param>
public sealed record QueueItem(string Study, string By, QueuePlace Place, DecisionSubject Members, string Title, string? Pmcid);

/// <param name="Audits">By month.</param>
public sealed record QueueSeen(ScreeningState State, IReadOnlyList<QueueItem> Waiting, IReadOnlyList<AskedTask> Tasks, IReadOnlyList<AuditTally> Audits);

/// <param name="Verdict">Likely or possible.</param>
public sealed record OutsideStudy(string Study, string By, Verdict Verdict, string Title);

/// <param name="Base">Null before one is imported.</param>
public sealed record OutsideSeen(BaseReview? Base, ScreeningState State, IReadOnlyList<OutsideStudy> Studies);
