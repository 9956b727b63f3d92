using System.Collections.Immutable;

namespace CarTIngest.Screening;

/// <summary>
/// What people have decided so far: a pure fold over the chain of decisions, one event after the other, and over nothing else. What a machine finds, links or
/// judges does not enter it. Never throws for a decision that the rules would have refused; it is read as it stands.
/// </summary>
public sealed record ScreeningState
{
    private static readonly ImmutableDictionary<string, ImmutableList<Decision>> None = ImmutableDictionary.Create<string, ImmutableList<Decision>>(StringComparer.Ordinal);

    private ScreeningState(Protocol protocol) => Protocol = protocol;

    public Protocol Protocol { get; }

    /// <summary>Of the newest decision; 0 before the first.</summary>
    public long Number { get; private init; }

    private ImmutableDictionary<(Stage Stage, string Subject), Ballot> Ballots { get; init; } = ImmutableDictionary<(Stage, string), Ballot>.Empty;

    private ImmutableDictionary<string, ImmutableList<Decision>> Classes { get; init; } = None;

    private ImmutableDictionary<string, ImmutableList<Decision>> FullTexts { get; init; } = None;

    private ImmutableHashSet<(string Person, string Subject)> Ties { get; init; } = [];

    private ImmutableHashSet<(string Study, TaskSettled Task)> SettledTasks { get; init; } = [];

    /// <summary>What people said of links between records, oldest first; the last word on a pair counts.</summary>
    public ImmutableDictionary<RecordPair, ImmutableList<LinkSaid>> Links { get; private init; } = ImmutableDictionary<RecordPair, ImmutableList<LinkSaid>>.Empty;

    /// <summary>The lead's choices over what the base review does not hold, oldest first.</summary>
    public ImmutableList<Decision> CatchUps { get; private init; } = [];

    /// <summary>Changes of strategy and rulebook, oldest first.</summary>
    public ImmutableList<Decision> RuleChanges { get; private init; } = [];

    /// <summary>Under which adoption <c>unlikely</c> is set aside: people's last word, else the protocol's; null: it is screened.</summary>
    public Adoption? UnlikelySetAside { get; private init; }

    public static ScreeningState Before(Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new(protocol) { UnlikelySetAside = protocol.UnlikelySetAside };
    }

    /// <exception cref="System.Text.Json.JsonException">A payload is none of its kind; <see cref="DecisionChain.Check"/> names it.</exception>
    public static ScreeningState Of(Protocol protocol, IEnumerable<Decision> chain) => chain.Aggregate(Before(protocol), (state, decision) => state.After(decision));

    public Ballot BallotOf(Stage stage, string subject) => Ballots.GetValueOrDefault((stage, subject), Ballot.Empty);

    public Standing StandingOf(Stage stage, string subject)
    {
        var rule = Protocol.At(stage);
        return BallotOf(stage, subject).Under(rule, Protocol, () => Draw.Takes(rule.AuditShare ?? 0, Protocol.Audit.Seed, Spelling.Of(stage), subject));
    }

    /// <summary>The class in force, with who gave it and when; null before the first.</summary>
    public Decision? ClassOf(string study) => ClassesOf(study) is [.., var last] ? last : null;

    /// <summary>A class has a history: oldest first.</summary>
    public IReadOnlyList<Decision> ClassesOf(string study) => Classes.GetValueOrDefault(study, []);

    /// <summary>Where the search for the full text stands; null when nobody began it.</summary>
    public FullTextFound? FullTextOf(string study) => FullTexts.GetValueOrDefault(study) is [.., var last] ? (FullTextFound)last.Content() : null;

    public bool HasTie(string person, string record) => Ties.Contains((person.ToUpperInvariant(), record));

    /// <summary>The records that a person has declared a tie to, in order.</summary>
    public IReadOnlyList<string> TiesOf(string person) =>
        [.. Ties.Where(tie => string.Equals(tie.Person, person, StringComparison.OrdinalIgnoreCase)).Select(tie => tie.Subject).Order(StringComparer.Ordinal)];

    /// <summary>Whether a person has done what a task of that night asked for.</summary>
    public bool IsSettled(StudyTask task, DateOnly night) => SettledTasks.Contains((task.Study, new TaskSettled(task.Task, task.Because, task.By, night)));

    /// <summary>
    /// Whether the step from the version in force to the other was adopted by two. The last word since that version came in counts: what was adopted before a version that was left
    /// came back does not adopt it again, nor does what was adopted on the way to it.
    /// </summary>
    public bool HasAdopted(string from, string to) =>
        RuleChanges.Select(decision => decision.Content()).OfType<RulesChanged>()
            .Aggregate((string?)null, (adopted, change) => change.From == from ? change.To : change.To == from ? null : adopted) == to;

    /// <summary>The state after one decision more.</summary>
    public ScreeningState After(Decision decision)
    {
        var state = this with { Number = decision.Number };
        return decision.Content() switch
        {
            Vote vote => state.WithBallot(vote.Stage, decision, ballot => ballot.With(decision.By, vote)),
            VoteUndone undone => state.WithBallot(undone.Stage, decision, ballot => ballot.Without(decision.By)),
            Adjudication settled => state.WithBallot(settled.Stage, decision, ballot => ballot with { Settled = settled }),
            FullTextFound => state with { FullTexts = Added(FullTexts, decision) },
            Classed => state with { Classes = Added(Classes, decision) },
            TieDeclared => state with { Ties = Ties.Add((decision.By.ToUpperInvariant(), decision.Subject)) },
            LinkConfirmed link => state.WithLink(decision, link.Other.Text, LinkWord.Confirmed, link.Because),
            KeptApart link => state.WithLink(decision, link.Other.Text, LinkWord.KeptApart, link.Because),
            CatchUpChosen => state with { CatchUps = CatchUps.Add(decision) },
            RulesChanged => state with { RuleChanges = RuleChanges.Add(decision) },
            AutomationAdopted adopted => state with { UnlikelySetAside = new Adoption(decision.By, adopted.On, adopted.Rulebook, adopted.Says) },
            AutomationWithdrawn => state with { UnlikelySetAside = null },
            TaskSettled task => state with { SettledTasks = SettledTasks.Add((decision.Subject, task)) },
            var unknown => throw new ArgumentOutOfRangeException(nameof(decision), unknown.Kind, "No such decision is folded."),
        };
    }

    private ScreeningState WithBallot(Stage stage, Decision decision, Func<Ballot, Ballot> change)
    {
        var key = (stage, decision.Subject);
        var ballot = change(BallotOf(stage, decision.Subject)) with { Last = decision.At };
        return this with { Ballots = ballot.Votes.IsEmpty && ballot.Settled is null ? Ballots.Remove(key) : Ballots.SetItem(key, ballot) };
    }

    private ScreeningState WithLink(Decision decision, string other, LinkWord word, string? because)
    {
        var pair = RecordPair.Of(decision.Subject, other);
        return this with { Links = Links.SetItem(pair, Links.GetValueOrDefault(pair, []).Add(new LinkSaid(word, decision.By, decision.At, because))) };
    }

    private static ImmutableDictionary<string, ImmutableList<Decision>> Added(ImmutableDictionary<string, ImmutableList<Decision>> to, Decision decision) =>
        to.SetItem(decision.Subject, to.GetValueOrDefault(decision.Subject, []).Add(decision));
}
