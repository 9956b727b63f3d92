using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>The pace of E-utilities: one bucket an API key, and one for the address of those without. The registry states no pace and has none here.</summary>
internal sealed class RateLimit(RehearsalSettings settings)
{
    private readonly ConcurrentDictionary<string, TokenBucket> buckets = new(StringComparer.Ordinal);
    private int refusals;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (!EndpointNames.IsEUtilities(context.Request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }

        var parameters = await Parameters.ReadAsync(context.Request, context.RequestAborted);
        var key = parameters["api_key"];
        var caller = key ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
        var bucket = buckets.GetOrAdd(caller, _ => new TokenBucket(PaceOf(key), settings.Clock));
        var passes = bucket.TryTake(out var remaining);
        context.Response.Headers["X-RateLimit-Limit"] = Text(bucket.PerSecond);
        context.Response.Headers["X-RateLimit-Remaining"] = Text(remaining);
        if (passes)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = Text(settings.RetryAfterSeconds);
        await new RehearsedAnswer(StatusCodes.Status429TooManyRequests, "application/json", RefusalBody(caller, bucket.PerSecond)).SendAsync(context);
    }

    private int PaceOf(string? key) =>
        key is null ? settings.PubMedRequestsPerSecond : Math.Max(settings.PubMedRequestsPerSecond, settings.PubMedRequestsPerSecondWithKey);

    // Two shapes are on record, the one observed and the shorter one documented: they take turns.
    private byte[] RefusalBody(string caller, int limit) => Interlocked.Increment(ref refusals) % 2 == 1
        ? JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["error"] = "API rate limit exceeded",
            ["api-key"] = caller,
            ["count"] = Text(limit + 1),
            ["limit"] = Text(limit),
        })
        : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["error"] = "API rate limit exceeded", ["count"] = Text(limit + 1) });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
