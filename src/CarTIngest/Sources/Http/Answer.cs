using System.Net;

namespace CarTIngest.Sources.Http;

/// <summary>One HTTP answer, its body read whole within the attempt.</summary>
/// <param name="Body">Decompressed; at most the cap of <see cref="HttpLimits"/>.</param>
/// <param name="Location">Where a redirect points; redirects are never followed by themselves.</param>
public sealed record Answer(HttpStatusCode Status, string? MediaType, ReadOnlyMemory<byte> Body, Uri? Location, TimeSpan? RetryAfter)
{
    /// <summary>Whether the transport or the server ended the body early is told by the transport, which throws; this is what did arrive.</summary>
    public bool IsSuccess => (int)Status is >= 200 and <= 299;
}

/// <summary>Judges an answer to the request that it was made for. Pure: no clock, no I/O.</summary>
public delegate AnswerVerdict AnswerClassifier(Answer answer);
