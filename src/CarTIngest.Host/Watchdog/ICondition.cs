using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Watchdog;

/// <summary>Something that an operator must know of: named, with a threshold, and with what to do.</summary>
public interface ICondition
{
    /// <summary>One word; alarms, doctor and documents name it so.</summary>
    string Name { get; }

    /// <summary>What is so while nothing is wrong, with the threshold.</summary>
    string Well { get; }

    /// <summary>What to do when something is.</summary>
    string Do { get; }

    /// <summary>Whether a look from here tells of a subject. Not of what another machine alone can see.</summary>
    bool Covers(string subject) => true;

    /// <returns>What is wrong, a line for each thing that it is wrong with; empty when nothing is.</returns>
    Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <param name="Subject">What it is about, such as a source; empty where there is one only.</param>
/// <param name="Says">What is so, with its numbers, as sentences.</param>
public sealed record Raised(string Subject, string Says);
