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
public sealed class AnswerRefusedException(AnswerVerdict verdict) : Exception(verdict.Reason)
{
    public AnswerVerdict Verdict { get; } = verdict;
}
