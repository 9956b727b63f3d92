using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The studies to which people gave a class, and those of the base review, which are included until people say otherwise.</summary>
public static class ClassedStudies
{
    public static async Task<IReadOnlyList<ClassedStudy>> OfAsync(StoreContext store, ScreeningState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(state);
        var queued = await store.Queue.AsNoTracking().OrderBy(row => row.Study).Select(row => new { row.Study, row.By }).ToListAsync(cancellationToken);
        var classed = queued.Where(row => ClassOf(state, row.Study) is not null).ToList();
        var members = classed.Count == 0 ? new Dictionary<string, StudySeen>() : await StudyMembers.OfAsync(store, state, [.. classed.Select(row => (row.Study, row.By))], cancellationToken);
        var published = await PublishedAsync(store, state, cancellationToken);
        // Two studies of the base review may turn out to be one.
        return
        [
            .. classed.Select(row => new ClassedStudy(row.Study, ClassOf(state, row.Study)!.Value, members[row.Study].Subject.Records)).Concat(published)
                .GroupBy(study => study.Id).Select(same => same.First() with { Records = [.. same.SelectMany(study => study.Records).Distinct().Order()] }).OrderBy(study => study.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Each with the records that the review names, held or not, and those that were matched to them.</summary>
    private static async Task<List<ClassedStudy>> PublishedAsync(StoreContext store, ScreeningState state, CancellationToken cancellationToken)
    {
        if (await BaseShelf.InForceAsync(store, cancellationToken) is not { } review)
        {
            return [];
        }

        var members = await StudyShelf.CurrentAsync(store, cancellationToken);
        var recordsOf = members.ToLookup(member => member.Study, member => Holdings.IdOf(member.RecordId), StringComparer.Ordinal);
        var listed = PublishedStudy.Of(review, members.ToLookup(member => member.RecordId, member => member.Study, StringComparer.Ordinal));
        return
        [
            .. listed.Select(study => new ClassedStudy(
                study.Studies.Count > 0 ? study.Studies[0] : $"base:{study.Listed.Name}", study.ClassIn(state), [.. study.Listed.Records.Concat(study.Studies.SelectMany(id => recordsOf[id])).Distinct().Order()])),
        ];
    }

    private static StudyClass? ClassOf(ScreeningState state, string study) => (state.ClassOf(study)?.Content() as Classed)?.Class;
}

/// <param name="Records">In the order of their ids; of a study of the base review also such as are not held.</param>
public sealed record ClassedStudy(string Id, StudyClass Class, IReadOnlyList<RecordId> Records);
