namespace CarTIngest.Screening;

/// <summary>How far people are with a study that entered the queue or that the base review holds: it waits, has a class, or was excluded at a stage. Derived from their decisions, and from what they published.</summary>
/// <param name="Waits">Where it waits; null when people are done with it.</param>
/// <param name="Class">The class in force; null before the first.</param>
/// <param name="ExcludedAt">The stage at which votes excluded it; null for a study with a class, whose class says it.</param>
/// <param name="Reason">A code of the protocol, of an exclusion.</param>
public sealed record StudyProgress(QueuePlace? Waits, StudyClass? Class, Stage? ExcludedAt, string? Reason)
{
    /// <summary>Of a study that is included because the base review holds it.</summary>
    public static StudyProgress Published { get; } = new(null, StudyClass.Included, null, null);

    /// <summary>Whether people included it: by its class, or in the base review.</summary>
    public bool IsIncluded => Class == StudyClass.Included;

    /// <summary>Whether people excluded it: by its class, or by their votes at a stage.</summary>
    public bool IsExcluded => Class == StudyClass.Excluded || ExcludedAt is not null;

    /// <summary>The same for a study that the base review holds too: as that one stands, unless people gave it a class or excluded it where it entered.</summary>
    public StudyProgress Or(StudyProgress published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return Class is null && ExcludedAt is null ? this with { Class = published.Class, Reason = published.Reason } : this;
    }

    /// <param name="title">The record that is screened by title: the one that brought the study in.</param>
    public static StudyProgress Of(ScreeningState state, DecisionSubject study, string title, DateOnly entered)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(study);
        if (state.ClassOf(study.Id)?.Content() is Classed given)
        {
            return new StudyProgress(null, given.Class, null, given.Reason);
        }

        if (QueuePlace.Of(state, study, title, entered) is { } place)
        {
            return new StudyProgress(place, null, null, null);
        }

        // Neither open nor with a class: votes excluded it, by title or by full text.
        var byTitle = state.StandingOf(Stage.Title, title);
        var (stage, standing) = byTitle.State == ItemState.Excluded ? (Stage.Title, byTitle) : (Stage.Full, state.StandingOf(Stage.Full, study.Id));
        return new StudyProgress(null, null, stage, standing.Reason);
    }
}
