using CarTIngest.Host.Storage.Model;
using CarTIngest.Matching;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Which records make which study, from which run on. What was so before stays written.</summary>
public static class StudyShelf
{
    /// <summary>All studies as they were matched last, in order of their ids.</summary>
    public static async Task<IReadOnlyList<StudyRecords>> ReadAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return [.. (await CurrentAsync(store, cancellationToken)).GroupBy(member => member.Study).Select(study => new StudyRecords(study.Key, [.. study.Select(member => Holdings.IdOf(member.RecordId)).Order()])).OrderBy(study => study.Study, StringComparer.Ordinal)];
    }

    /// <summary>Writes what changed, and says which records are in a study that they were not in.</summary>
    public static async Task<IReadOnlyList<NewMember>> WriteAsync(StoreContext store, IReadOnlyList<Study> studies, long run, DateOnly night, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(studies);
        var before = await store.Members.Where(member => member.UntilRunId == null).ToListAsync(cancellationToken);
        var now = studies.SelectMany(study => study.Records.Select(record => (Study: study.Id.Text, Record: record.Text))).ToHashSet();
        foreach (var gone in before.Where(member => !now.Contains((member.Study, member.RecordId))))
        {
            gone.UntilRunId = run;
        }

        var known = before.Select(member => (member.Study, member.RecordId)).ToHashSet();
        var came = now.Where(member => !known.Contains(member)).OrderBy(member => member.Study, StringComparer.Ordinal).ThenBy(member => member.Record, StringComparer.Ordinal).ToList();
        store.Members.AddRange(came.Select(member => new StudyMember { Study = member.Study, RecordId = member.Record, Night = night, RunId = run }));
        await store.SaveAndForgetAsync(cancellationToken);

        // A study that took another id is the same study: who was together before did not come.
        var together = before.ToLookup(member => member.RecordId, member => member.Study);
        var whole = studies.ToDictionary(study => study.Id.Text, study => study.Records.Select(record => record.Text).ToHashSet(StringComparer.Ordinal));
        return
        [
            .. came.Select(member => new NewMember(
                member.Study, Holdings.IdOf(member.Record), whole[member.Study].Any(other => other != member.Record && together[other].Intersect(together[member.Record]).Any()))),
        ];
    }

    internal static Task<List<StudyMember>> CurrentAsync(StoreContext store, CancellationToken cancellationToken) =>
        store.Members.AsNoTracking().Where(member => member.UntilRunId == null).ToListAsync(cancellationToken);
}

/// <param name="Records">In the order of their ids.</param>
public sealed record StudyRecords(string Study, IReadOnlyList<RecordId> Records);

/// <param name="WasThere">It was in one study with another of these records before, under another id.</param>
public sealed record NewMember(string Study, RecordId Record, bool WasThere);
