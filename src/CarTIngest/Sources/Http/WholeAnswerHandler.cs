using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CarTIngest.Sources.Http;

/// <summary>
/// The innermost link: sends one try, reads its body whole while the try's time still runs (a body cut on its way then fails inside the retry,
/// not after it), and has it judged. Refused answers leave as <see cref="AnswerRefusedException"/>.
/// </summary>
internal sealed class WholeAnswerHandler(HttpLimits limits, PacingLimiter limiter, Traffic traffic, TimeProvider clock) : DelegatingHandler
{
    private static readonly ProductInfoHeaderValue Product = new("CarTIngest", typeof(WholeAnswerHandler).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <exception cref="InvalidOperationException">The message carries no exchange: it was not sent by <see cref="ResilientHttp"/>.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Exchange.Key, out var exchange))
        {
            throw new InvalidOperationException("A request came by that nobody judges.");
        }

        using var fresh = exchange.Request();
        fresh.Headers.UserAgent.Add(Product);
        fresh.Headers.AcceptEncoding.ParseAdd(PackedBody.Asked);
        if (!string.IsNullOrEmpty(limits.Contact))
        {
            fresh.Headers.UserAgent.Add(new ProductInfoHeaderValue($"(+{limits.Contact})"));
        }

        var response = await SendOnceAsync(fresh, cancellationToken);
        try
        {
            var answer = new Answer(
                response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                await ReadAsync(response.Content, cancellationToken),
                response.Headers.Location,
                RetryAfter(response.Headers.RetryAfter));
            Judge(exchange, answer);
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }
        finally
        {
            response.Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage fresh, CancellationToken cancellationToken)
    {
        traffic.Sent();
        try
        {
            return await base.SendAsync(fresh, cancellationToken);
        }
        catch (OperationCanceledException timeUp) when (!cancellationToken.IsCancellationRequested)
        {
            // The socket handler tells a connection that was not made in time as a cancellation that nobody asked for.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection was made in time.", timeUp);
        }
    }

    private void Judge(Exchange exchange, Answer answer)
    {
        var verdict = exchange.Classify(answer);
        if (verdict.Accepted)
        {
            exchange.Accepted = answer;
            return;
        }

        exchange.LastRefusal = verdict;
        exchange.Drifts += verdict.Class is AnswerClass.SchemaDrift ? 1 : 0;
        if (verdict.Class is AnswerClass.Throttled or AnswerClass.Blocked && verdict.RetryAfter is { } pause)
        {
            // All callers hold still: the source counts the host, not the request.
            limiter.PauseFor(pause < limits.TotalTimeout ? pause : limits.TotalTimeout);
        }

        throw new AnswerRefusedException(verdict, answer);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength ?? 0;
        await using var body = await PackedBody.OpenAsync(content, cancellationToken);
        using var kept = new MemoryStream((int)Math.Clamp(announced, 0, Math.Min(limits.LargestBody, 16 * 1024 * 1024)));
        var chunk = new byte[81920];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            traffic.Received(read);
            if (kept.Length + read > limits.LargestBody)
            {
                throw new AnswerRefusedException(new AnswerVerdict(
                    AnswerClass.Permanent,
                    string.Create(CultureInfo.InvariantCulture, $"The body is larger than the {limits.LargestBody} bytes allowed.")));
            }

            await kept.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > clock.GetUtcNow() ? date - clock.GetUtcNow() : null);
}
