using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>A study that a night touched.</summary>
/// <param name="Study">As it is now.</param>
/// <param name="Before">The ids under which its records were known before: more than one where studies became one, none where all its records are new.</param>
/// <param name="Came">Records that were in none of these.</param>
public sealed record TouchedStudy(Study Study, IReadOnlyList<RecordId> Before, IReadOnlyList<RecordId> Came);

/// <summary>Compares the studies of two nights. Building them all and comparing is cheaper than it is risky to follow a change through links by hand.</summary>
public static class StudyChanges
{
    /// <summary>Studies whose records, or whose membership, changed; in order of their ids.</summary>
    /// <param name="changed">Records that are new or revised.</param>
    public static IReadOnlyList<TouchedStudy> Between(IReadOnlyList<Study> before, IReadOnlyList<Study> after, IEnumerable<RecordId> changed)
    {
        var revised = changed.ToHashSet();
        var known = before.ToDictionary(study => study.Id);
        var studiesBefore = before.SelectMany(study => study.Records.Select(record => (record, study.Id))).ToLookup(each => each.record, each => each.Id);
        var now = after.Select(study => study.Id).ToHashSet();
        var touched = new List<TouchedStudy>();
        foreach (var study in after)
        {
            var same = known.TryGetValue(study.Id, out var earlier) && earlier.Records.SequenceEqual(study.Records);
            if (same && !study.Records.Any(revised.Contains))
            {
                continue;
            }

            RecordId[] earlierIds = [.. known.ContainsKey(study.Id) ? [study.Id] : Array.Empty<RecordId>(), .. Owned(study)];
            var earlierRecords = earlierIds.SelectMany(id => known[id].Records).ToHashSet();
            touched.Add(new(study, earlierIds, [.. study.Records.Where(record => !earlierRecords.Contains(record))]));
        }

        return touched;

        // An earlier study went into this one if the record that gave it its id is here and that id is no study any more.
        IEnumerable<RecordId> Owned(Study study)
        {
            var records = study.Records.ToHashSet();
            return records.SelectMany(record => studiesBefore[record]).Distinct().Where(id => !now.Contains(id) && records.Contains(id)).Order();
        }
    }
}
