using CarTIngest.Rehearsal.Corpus;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>At most two of <c>Piece[:asc|:desc]</c>: dates newest first and numbers smallest first unless said, studies without the value last either way.</summary>
internal static class StudyOrder
{
    private const string Relevance = "@relevance";

    /// <exception cref="RefusedRequestException">More than two, a direction that is none, or a piece that cannot be sorted by.</exception>
    public static IEnumerable<RecordedStudy> Apply(IEnumerable<RecordedStudy> studies, string? sort)
    {
        var steps = (sort ?? Relevance).Split([',', '|'], StringSplitOptions.TrimEntries);
        if (steps.Length > 2)
        {
            throw new RefusedRequestException("Parameter `sort` has incorrect format: at most 2 items");
        }

        // LINQ's sort is stable: the last criterion goes first.
        foreach (var step in steps.Reverse())
        {
            studies = Sorted(studies, step);
        }

        return studies;
    }

    private static IEnumerable<RecordedStudy> Sorted(IEnumerable<RecordedStudy> studies, string step)
    {
        var parts = step.Split(':');
        var direction = parts is [_, var said] ? said : null;
        if (parts.Length > 2 || direction is not (null or "asc" or "desc"))
        {
            throw new RefusedRequestException($"Parameter `sort` has incorrect format: `{step}`");
        }

        Func<RecordedStudy, long?> key = parts[0] switch
        {
            Relevance => _ => 0,
            "LastUpdatePostDate" => study => study.Keys.LastUpdatePosted?.DayNumber,
            "StudyFirstPostDate" => study => study.Keys.FirstPosted?.DayNumber,
            "StartDate" => study => study.Keys.Started?.DayNumber,
            "EnrollmentCount" => study => study.Keys.Enrollment,
            _ => throw new RefusedRequestException("Unsupported sort field type: text"),
        };
        var descending = direction is null ? parts[0] != "EnrollmentCount" : direction == "desc";
        var missingLast = studies.OrderBy(study => key(study) is null);
        return descending ? missingLast.ThenByDescending(key) : missingLast.ThenBy(key);
    }
}
