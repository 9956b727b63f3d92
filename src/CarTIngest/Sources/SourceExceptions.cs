using CarTIngest.Sources.Http;

namespace CarTIngest.Sources;

/// <summary>A source could not be asked, or did not answer so that its answer could be trusted, after all that the client may try.</summary>
public sealed class SourceDownException : Exception
{
    public SourceDownException(string source, string says, Exception? inner = null)
        : base(says, inner) => SourceName = source;

    /// <summary>pubmed or clinicaltrials.</summary>
    public string SourceName { get; }
}

/// <summary>One answer that is not to be taken as one. Thrown inside the resilience pipeline, which tries again what may pass.</summary>
/// <param name="verdict">What it was taken for, and why.</param>
/// <param name="answer">The answer itself; null where it was too large to be read.</param>
public sealed class AnswerRefusedException(AnswerVerdict verdict, Answer? answer = null) : Exception(verdict.Reason)
{
    public Answer? Answer { get; } = answer;

    public AnswerVerdict Verdict { get; } = verdict;
}
