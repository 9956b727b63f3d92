namespace CarTIngest.Sources.Http;

/// <summary>What an answer is worth, told by its content first and its status second.</summary>
public enum AnswerClass
{
    /// <summary>What was asked for.</summary>
    Ok,

    /// <summary>Nothing matches, and the source says so in so many words.</summary>
    EmptyConfirmed,

    /// <summary>Too fast: wait as long as it says.</summary>
    Throttled,

    /// <summary>A fault that passes, under whatever status.</summary>
    Transient,

    /// <summary>The same request will fail the same way: our mistake or the strategy's.</summary>
    Permanent,

    /// <summary>The source's edge refuses us; never a result, and worth a long pause.</summary>
    Blocked,

    /// <summary>Well formed, and not of a shape that is known.</summary>
    SchemaDrift,

    /// <summary>No answer came at all. Only the archive says so.</summary>
    Unanswered,
}

/// <param name="Reason">One sentence that quotes the answer where it helps; secrets left out. Empty when the answer is good.</param>
public sealed record AnswerVerdict(AnswerClass Class, string Reason)
{
    public static AnswerVerdict Ok { get; } = new(AnswerClass.Ok, "");

    public static AnswerVerdict Empty { get; } = new(AnswerClass.EmptyConfirmed, "");

    public bool Accepted => Class is AnswerClass.Ok or AnswerClass.EmptyConfirmed;

    /// <summary>How long the source wants not to be asked.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
