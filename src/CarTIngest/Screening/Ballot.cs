using System.Collections.Immutable;

namespace CarTIngest.Screening;

/// <summary>All that was voted on one subject at one stage. What it comes to depends on the votes in force, never on their order.</summary>
/// <param name="Votes">By person, whatever the case of the name; the last is in force, those under it come back when it is undone.</param>
/// <param name="Settled">The newest adjudication; null before one.</param>
/// <param name="Last">When somebody last did something here; null where nothing is left of it.</param>
public sealed record Ballot(ImmutableSortedDictionary<string, ImmutableStack<Vote>> Votes, Adjudication? Settled, DateTimeOffset? Last)
{
    public static Ballot Empty { get; } = new(ImmutableSortedDictionary.Create<string, ImmutableStack<Vote>>(StringComparer.OrdinalIgnoreCase), null, null);

    public IEnumerable<string> Voters => Votes.Keys;

    public Vote? VoteOf(string person) => Votes.TryGetValue(person, out var cast) ? cast.Peek() : null;

    internal Ballot With(string person, Vote vote) => this with { Votes = Votes.SetItem(person, Votes.GetValueOrDefault(person, []).Push(vote)) };

    /// <summary>Nothing to undo is nothing done.</summary>
    internal Ballot Without(string person)
    {
        var left = Votes.GetValueOrDefault(person, []) is { IsEmpty: false } cast ? cast.Pop() : [];
        return this with { Votes = left.IsEmpty ? Votes.Remove(person) : Votes.SetItem(person, left) };
    }

    /// <summary>Where the subject stands.</summary>
    /// <param name="takesTwo">Whether the draw put this subject among those that two people screen (<see cref="ScreeningPolicy.SingleWithAudit"/>).</param>
    public Standing Under(StageRule rule, Protocol protocol, Func<bool> takesTwo)
    {
        if (Settled is { } settled)
        {
            return settled.Choice switch
            {
                Choice.Include => Standing.Of(ItemState.Advanced),
                Choice.Exclude => new Standing(ItemState.Excluded, settled.Reason),
                _ => Standing.Of(ItemState.Maybe),
            };
        }

        var votes = Votes.Values.Select(cast => cast.Peek()).ToList();
        if (votes.Count == 0)
        {
            return Standing.Of(ItemState.AwaitingFirst);
        }

        if (rule.Policy == ScreeningPolicy.OneIncludeAdvancesTwoExclude && votes.Exists(vote => vote.Choice == Choice.Include))
        {
            return Standing.Of(ItemState.Advanced);
        }

        if (votes.Count == 1)
        {
            return rule.Policy == ScreeningPolicy.SingleWithAudit && !takesTwo() ? Agreed(votes, protocol) : Standing.Of(ItemState.AwaitingSecond);
        }

        return votes.TrueForAll(vote => vote.Choice == votes[0].Choice) ? Agreed(votes, protocol) : Standing.Of(ItemState.Conflict);
    }

    /// <summary>At the title stage a reason is a remark; at the full stage two must name the same.</summary>
    private static Standing Agreed(List<Vote> votes, Protocol protocol) => votes[0].Choice switch
    {
        Choice.Include => Standing.Of(ItemState.Advanced),
        Choice.Maybe => Standing.Of(ItemState.Maybe),
        _ when votes[0].Stage == Stage.Full && votes.Exists(vote => vote.Reason != votes[0].Reason) => Standing.Of(ItemState.ReasonConflict),
        _ => new Standing(ItemState.Excluded, votes.Select(vote => vote.Reason).Where(reason => reason is not null).MinBy(protocol.OrderOf)),
    };
}

/// <summary>Where a subject stands at a stage.</summary>
public enum ItemState
{
    AwaitingFirst = 0,
    AwaitingSecond = 1,

    /// <summary>Votes differ: a third person settles it.</summary>
    Conflict = 2,

    /// <summary>Both exclude, for different reasons.</summary>
    ReasonConflict = 3,

    /// <summary>To the next stage; at the last one, to a class.</summary>
    Advanced = 4,

    Excluded = 5,

    /// <summary>Nobody who may decide can tell: a third person settles it.</summary>
    Maybe = 6,
}

/// <param name="Reason">A code of the protocol, where it was excluded for one.</param>
public sealed record Standing(ItemState State, string? Reason)
{
    /// <summary>Whether people are done with it at this stage.</summary>
    public bool IsSettled => State is ItemState.Advanced or ItemState.Excluded;

    /// <summary>Whether it takes a third person.</summary>
    public bool AwaitsThird => State is ItemState.Conflict or ItemState.ReasonConflict or ItemState.Maybe;

    public static Standing Of(ItemState state) => new(state, null);
}
