namespace CarTIngest.Sources.Http;

/// <summary>One request on its way through the pipeline: how to make it anew for each try, who judges its answers, and what came of them.</summary>
internal sealed class Exchange(Func<HttpRequestMessage> request, AnswerClassifier classify)
{
    /// <summary>Under this the exchange travels with the message.</summary>
    public static readonly HttpRequestOptionsKey<Exchange> Key = new("CarTIngest.Exchange");

    public Func<HttpRequestMessage> Request { get; } = request;

    public AnswerClassifier Classify { get; } = classify;

    /// <summary>The answer that was accepted; null until then.</summary>
    public Answer? Accepted { get; set; }

    /// <summary>Why the last answer was refused; null where none was.</summary>
    public AnswerVerdict? LastRefusal { get; set; }

    /// <summary>Answers of an unknown shape so far.</summary>
    public int Drifts { get; set; }
}
