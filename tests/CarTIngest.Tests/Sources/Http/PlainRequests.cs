using CarTIngest.Sources.Http;

namespace CarTIngest.Tests.Sources.Http;

/// <summary>Sends a message of which nothing is to be kept.</summary>
internal static class PlainRequests
{
    public static Task<Answer> SendAsync(this SourceHttp http, Func<HttpRequestMessage> message, AnswerClassifier classify, CancellationToken cancellationToken) =>
        http.SendAsync(new SourceRequest("any", "any", message), classify, cancellationToken);
}
