namespace CarTIngest.Sources.Http;

/// <summary>The one way out to a source: paced, tried again, read whole, classified.</summary>
public abstract class SourceHttp
{
    /// <summary>Requests sent so far, retries included.</summary>
    public abstract long Requests { get; }

    /// <summary>Bytes of bodies received so far, decompressed.</summary>
    public abstract long BytesReceived { get; }

    /// <param name="classify">Judges each answer inside the pipeline; only an accepted one comes back.</param>
    /// <exception cref="AnswerRefusedException">The last try's answer was refused; for a permanent one, the first's.</exception>
    /// <exception cref="SourceDownException">The transport failed to the last try, or the time was up.</exception>
    public abstract Task<Answer> SendAsync(SourceRequest request, AnswerClassifier classify, CancellationToken cancellationToken);
}
