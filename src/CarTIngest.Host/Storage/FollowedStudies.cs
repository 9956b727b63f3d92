using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The studies that people follow: those that they included or call ongoing, and those of the base review, which are included until people say otherwise.</summary>
public static class FollowedStudies
{
    public static async Task<IReadOnlyList<FollowedStudy>> OfAsync(StoreContext store, ScreeningState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(state);
        var queued = await store.Queue.AsNoTracking().OrderBy(row => row.Study).Select(row => new { row.Study, row.By }).ToListAsync(cancellationToken);
        var classed = queued.Where(row => IsFollowed(ClassOf(state, row.Study))).ToList();
        var members = classed.Count == 0 ? new Dictionary<string, StudySeen>() : await StudyMembers.OfAsync(store, [.. classed.Select(row => (row.Study, row.By))], cancellationToken);
        var published = await PublishedAsync(store, state, cancellationToken);
        return
        [
            .. classed.Select(row => new FollowedStudy(row.Study, ClassOf(state, row.Study)!.Value, members[row.Study].Subject.Records)).Concat(published)
                .DistinctBy(study => study.Id).OrderBy(study => study.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Each with the records that the review names, held or not, and those that were matched to them.</summary>
    private static async Task<List<FollowedStudy>> PublishedAsync(StoreContext store, ScreeningState state, CancellationToken cancellationToken)
    {
        if (await BaseShelf.InForceAsync(store, cancellationToken) is not { } review)
        {
            return [];
        }

        var members = await StudyShelf.ReadAsync(store, cancellationToken);
        var studiesOf = members.SelectMany(study => study.Records.Select(record => (record, study))).ToLookup(pair => pair.record, pair => pair.study);
        var followed = new List<FollowedStudy>();
        foreach (var listed in review.ListedStudies)
        {
            var matched = listed.Records.SelectMany(record => studiesOf[record]).DistinctBy(study => study.Study).OrderBy(study => study.Study, StringComparer.Ordinal).ToList();
            var id = matched.Count > 0 ? matched[0].Study : $"base:{listed.Name}";
            var given = ClassOf(state, id) ?? StudyClass.Included;
            if (IsFollowed(given))
            {
                followed.Add(new FollowedStudy(id, given, [.. listed.Records.Concat(matched.SelectMany(study => study.Records)).Distinct().Order()]));
            }
        }

        return followed;
    }

    private static bool IsFollowed(StudyClass? given) => given is StudyClass.Included or StudyClass.Ongoing;

    private static StudyClass? ClassOf(ScreeningState state, string study) => (state.ClassOf(study)?.Content() as Classed)?.Class;
}

/// <param name="Class">Included or ongoing.</param>
/// <param name="Records">In the order of their ids; of a study of the base review also such as are not held.</param>
public sealed record FollowedStudy(string Id, StudyClass Class, IReadOnlyList<RecordId> Records);
