using System.Text.Json;

namespace CarTIngest.Screening;

/// <summary>Tells whether a chain of decisions is as it was written. Blind spot: events cut off at its end, which only a count kept elsewhere tells.</summary>
public static class DecisionChain
{
    /// <summary>The first fault in the order of the events, or null when the chain holds.</summary>
    public static ChainFault? Check(IEnumerable<Decision> chain)
    {
        Decision? last = null;
        foreach (var decision in chain)
        {
            if (FaultOf(last, decision) is { } fault)
            {
                return fault;
            }

            last = decision;
        }

        return null;
    }

    private static ChainFault? FaultOf(Decision? last, Decision decision)
    {
        var expected = (last?.Number ?? 0) + 1;
        return decision.Number != expected ? new ChainFault(expected, $"Decision {expected} is missing: {decision.Number} stands in its place.")
            : decision.Previous != (last?.Hash ?? Decision.Start) ? new ChainFault(decision.Number, $"Decision {decision.Number} does not follow the one before it: that one was altered or another put in its place.")
            : decision.Hash != decision.ComputedHash() ? new ChainFault(decision.Number, $"Decision {decision.Number} was altered: it has another hash than it was written with.")
            : !CanBeRead(decision) ? new ChainFault(decision.Number, $"Decision {decision.Number} cannot be read: its payload is no {decision.Kind}.")
            : null;
    }

    private static bool CanBeRead(Decision decision)
    {
        try
        {
            return decision.Content().ToJson() == decision.Payload;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <param name="Number">Of the event that is altered, missing or out of its place.</param>
public sealed record ChainFault(long Number, string Says);
