namespace CarTIngest.Screening;

/// <summary>What a queued study waits for: at which stage, in which state, since when. Who voted is told, never how: people screen blind.</summary>
/// <param name="State">A state of the stage; at the full one also <c>awaiting_results</c>, <c>results_posted</c> (registrations alone, which have no full text) and <c>awaiting_class</c>.</param>
/// <param name="Subject">What is voted on there: the record at the title stage, the study at the full one.</param>
/// <param name="Voted">Those whose votes are in force.</param>
public sealed record QueuePlace(Stage Stage, string State, string Subject, DateOnly Since, IReadOnlyList<string> Voted)
{
    /// <param name="title">The record that is screened by title: the one that brought the study in.</param>
    /// <returns>Null when people are done with the study: it has a class, or was excluded.</returns>
    public static QueuePlace? Of(ScreeningState state, DecisionSubject study, string title, DateOnly entered)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(study);
        if (state.ClassOf(study.Id) is not null)
        {
            return null;
        }

        var ballot = state.BallotOf(Stage.Title, title);
        var standing = state.StandingOf(Stage.Title, title);
        if (standing.State != ItemState.Advanced)
        {
            return standing.IsSettled ? null : new QueuePlace(Stage.Title, Spelling.Of(standing.State), title, entered, [.. ballot.Voters]);
        }

        var since = DayOf(ballot, entered);
        if (!study.HasPublication)
        {
            return new QueuePlace(Stage.Full, study.HasResults ? "results_posted" : "awaiting_results", study.Id, since, []);
        }

        var full = state.BallotOf(Stage.Full, study.Id);
        return state.StandingOf(Stage.Full, study.Id) switch
        {
            { State: ItemState.Excluded } => null,
            { State: ItemState.Advanced } => new QueuePlace(Stage.Full, "awaiting_class", study.Id, DayOf(full, since), []),
            var open => new QueuePlace(Stage.Full, Spelling.Of(open.State), study.Id, since, [.. full.Voters]),
        };
    }

    /// <summary>Whether this waits for that person: no own vote on it, and no tie to any of its records.</summary>
    public bool Awaits(ScreeningState state, DecisionSubject study, string person) =>
        !Voted.Contains(person, StringComparer.OrdinalIgnoreCase) && !state.HasTie(person, study.Id) && !study.Records.Any(record => state.HasTie(person, record.Text));

    private static DateOnly DayOf(Ballot ballot, DateOnly otherwise) => ballot.Last is { } last ? DateOnly.FromDateTime(last.UtcDateTime) : otherwise;
}
