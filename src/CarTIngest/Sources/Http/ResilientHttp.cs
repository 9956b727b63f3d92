using Polly.Timeout;

namespace CarTIngest.Sources.Http;

/// <summary>
/// The way out to one source, over a client of <see cref="IHttpClientFactory"/> that <see cref="SourceHttpSetup"/> gave its pipeline.
/// Requests are reads, so every method is tried again, POST too.
/// </summary>
public sealed class ResilientHttp(string source, HttpClient client, Traffic traffic) : SourceHttp
{
    public override long Requests => traffic.Requests;

    public override long BytesReceived => traffic.BytesReceived;

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public override async Task<Answer> SendAsync(SourceRequest request, AnswerClassifier classify, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(classify);
        var exchange = new Exchange(request.Message, classify);
        using var envelope = request.Message();
        envelope.Options.Set(Exchange.Key, exchange);
        try
        {
            using var response = await client.SendAsync(envelope, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (TimeoutRejectedException timeUp)
        {
            var last = exchange.LastRefusal is { } refusal ? $"; its last answer: {refusal.Reason}" : "";
            throw new SourceDownException(source, $"{source} gave no good answer within {timeUp.Timeout}{last}", timeUp);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            throw new SourceDownException(source, $"{source} could not be reached: {fault.Message}", fault);
        }

        return exchange.Accepted ?? throw new InvalidOperationException("The pipeline ended without an answer and without a fault.");
    }
}
