namespace CarTIngest.Simulation;

/// <summary>What is to happen to an actor at one of its steps.</summary>
internal enum Blow
{
    None,

    /// <summary>The process ends: nothing of it reaches the store any more.</summary>
    Dies,

    /// <summary>The store refuses one statement or commit (busy, full, a broken connection); the process goes on.</summary>
    Refused,

    /// <summary>An operator ends it in good order.</summary>
    Cancelled,

    /// <summary>The machine sleeps for longer than its lease lasts.</summary>
    Sleeps,
}

/// <param name="At">The number of the step, from 1.</param>
internal sealed record Fate(Blow Blow, int At)
{
    public static Fate None { get; } = new(Blow.None, 0);
}

/// <summary>Where something may happen to an actor.</summary>
internal enum StepKind
{
    /// <summary>A request to a source.</summary>
    Request,

    /// <summary>A transaction, or a statement that is one by itself, is about to begin.</summary>
    Begin,

    /// <summary>A statement that writes, within a transaction.</summary>
    Statement,

    /// <summary>All is written and nothing committed.</summary>
    Commit,

    /// <summary>It is committed and the caller has not heard of it.</summary>
    Committed,
}

/// <summary>The process is dead; whatever it tries fails.</summary>
internal sealed class ProcessDiedException() : Exception("The process died.");
