using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

/// <summary>A scripted registry on a real socket.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackRegistry(WebApplication app) => this.app = app;

    public List<string> Addresses { get; } = [];

    public Uri Address => new(app.Urls.Single() + "/api/v2");

    public static async Task<LoopbackRegistry> StartAsync(Func<HttpRequest, (int Status, string Type, string Body)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var registry = new LoopbackRegistry(app);
        app.Run(async context =>
        {
            registry.Addresses.Add(context.Request.Path + context.Request.QueryString);
            var (status, type, body) = answer(context.Request);
            context.Response.StatusCode = status;
            if (status is 301)
            {
                context.Response.Headers.Location = body;
                return;
            }

            context.Response.ContentType = type;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return registry;
    }

    public static (int, string, string) Json(string body) => (200, "application/json", body);

    public static (int, string, string) Text(int status, string body) => (status, "text/plain", body);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>Sends once, refuses what the classifier refuses.</summary>
internal sealed class PlainHttp : SourceHttp, IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private long requests;

    public override long Requests => requests;

    public override long BytesReceived => 0;

    public override async Task<Answer> SendAsync(SourceRequest request, AnswerClassifier classify, CancellationToken cancellationToken)
    {
        requests++;
        using var sent = request.Message();
        using var response = await client.SendAsync(sent, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, response.Headers.Location, response.Headers.RetryAfter?.Delta);
        var verdict = classify(answer);
        return verdict.Accepted ? answer : throw new AnswerRefusedException(verdict);
    }

    public void Dispose() => client.Dispose();
}

/// <summary>Keeps a list.</summary>
internal sealed class ListedArchive : IRawArchive
{
    public List<RawAnswer> Kept { get; } = [];

    public Task<ContentHash> KeepAsync(RawAnswer answer, CancellationToken cancellationToken)
    {
        Kept.Add(answer);
        return Task.FromResult(ContentHash.Of(answer.Body.Span));
    }
}
