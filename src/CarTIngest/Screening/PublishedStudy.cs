namespace CarTIngest.Screening;

/// <summary>
/// A study of the base review, with the studies that its records are of by now. It was published, so it is in no queue and nobody votes on it: it is included until people give it another class. They decide on it under
/// a name that the review gives to it alone, which stays whatever the study is matched to later.
/// </summary>
/// <param name="Names">The records that no other study of the review has, in the order of its file, and at last <c>base:</c> with the study's name.</param>
/// <param name="Studies">Those that its names are ids of first; none before a night matched one of its records.</param>
public sealed record PublishedStudy(BaseStudy Listed, IReadOnlyList<string> Names, IReadOnlyList<string> Studies)
{
    /// <summary>Under which people decide on it.</summary>
    public string Id => Names[0];

    /// <param name="studiesOf">The studies of every record.</param>
    public static IReadOnlyList<PublishedStudy> Of(BaseReview review, ILookup<string, string> studiesOf)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(studiesOf);
        var listed = review.ListedStudies;
        var times = listed.SelectMany(study => study.Records).CountBy(record => record).ToDictionary();
        return [.. listed.Select(study => Named(study, [.. study.Records.Where(record => times[record] == 1).Select(record => record.Text), $"base:{study.Name}"], studiesOf))];
    }

    /// <summary>What people gave it last; included before that.</summary>
    public StudyClass ClassIn(ScreeningState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (Given(state)?.Content() as Classed)?.Class ?? StudyClass.Included;
    }

    /// <summary>How far people are with it: it has a class from the beginning.</summary>
    public StudyProgress ProgressIn(ScreeningState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Given(state)?.Content() is Classed given ? new StudyProgress(null, given.Class, null, given.Reason) : StudyProgress.Published;
    }

    private Decision? Given(ScreeningState state) => Names.Select(state.ClassOf).OfType<Decision>().MaxBy(decision => decision.Number);

    private static PublishedStudy Named(BaseStudy study, IReadOnlyList<string> names, ILookup<string, string> studiesOf) => new(
        study,
        names,
        [.. study.Records.SelectMany(record => studiesOf[record.Text]).Distinct().OrderByDescending(id => names.Contains(id, StringComparer.Ordinal)).ThenBy(id => id, StringComparer.Ordinal)]);
}
