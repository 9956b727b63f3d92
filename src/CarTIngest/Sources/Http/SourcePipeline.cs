using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CarTIngest.Sources.Http;

/// <summary>
/// What surrounds each try, from the outside in: the whole time, tries, waiting for a closed circuit, the circuit, the pace, one try's time.
/// The innermost handler judges the body, so a fault told under status 200 is tried again like any other.
/// </summary>
internal static partial class SourcePipeline
{
    /// <summary>Answers of an unknown shape are asked for so many times again: they rarely pass, and a half-done deployment may.</summary>
    public const int DriftRetries = 2;

    /// <summary>A refusal at the edge is waited out this much longer than a passing fault.</summary>
    public const int BlockedFactor = 5;

    public static void Build(ResiliencePipelineBuilder<HttpResponseMessage> builder, string source, HttpLimits limits, PacingLimiter limiter, ILogger log)
    {
        builder.AddTimeout(new TimeoutStrategyOptions { Name = "whole", Timeout = limits.TotalTimeout });
        if (limits.Retries > 0)
        {
            builder.AddRetry(Tries(source, limits, log));
        }

        builder
            .AddRetry(WaitForCircuit(limits))
            .AddCircuitBreaker(Circuit(source, limits, log))
            .AddRateLimiter(limiter)
            .AddTimeout(new TimeoutStrategyOptions { Name = "try", Timeout = limits.AttemptTimeout });
    }

    private static RetryStrategyOptions<HttpResponseMessage> Tries(string source, HttpLimits limits, ILogger log) => new()
    {
        Name = "tries",
        MaxRetryAttempts = limits.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = limits.FirstPause,
        MaxDelay = limits.LongestPause,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception switch
        {
            AnswerRefusedException refused => refused.Verdict.Class switch
            {
                AnswerClass.Permanent => false,
                AnswerClass.SchemaDrift => ExchangeOf(args.Context).Drifts <= DriftRetries,
                _ => true,
            },
            { } fault => IsTransport(fault),
            null => false,
        }),
        DelayGenerator = args => ValueTask.FromResult(Pause(args.Outcome.Exception, args.AttemptNumber, limits)),
        OnRetry = args =>
        {
            TriesAgain(log, source, args.AttemptNumber + 2, args.RetryDelay.TotalSeconds, args.Outcome.Exception?.Message ?? "");
            return ValueTask.CompletedTask;
        },
    };

    // Waiting is no try: while the circuit is open nothing is sent, so only the whole time bounds it.
    private static RetryStrategyOptions<HttpResponseMessage> WaitForCircuit(HttpLimits limits) => new()
    {
        Name = "wait-for-circuit",
        MaxRetryAttempts = int.MaxValue,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is BrokenCircuitException),
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
            args.Outcome.Exception is BrokenCircuitException { RetryAfter: { } left } && left > TimeSpan.Zero ? left : limits.FirstPause),
    };

    // One fault in five is outlived; the circuit opens only when nine in ten fail for a while.
    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Circuit(string source, HttpLimits limits, ILogger log) => new()
    {
        Name = "circuit",
        FailureRatio = 0.9,
        MinimumThroughput = 20,
        SamplingDuration = TimeSpan.FromMinutes(5),
        BreakDuration = limits.Break,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception switch
        {
            AnswerRefusedException refused => refused.Verdict.Class is AnswerClass.Transient or AnswerClass.Blocked,
            { } fault => IsTransport(fault),
            null => false,
        }),
        OnOpened = args =>
        {
            CircuitOpens(log, source, args.BreakDuration.TotalSeconds);
            return ValueTask.CompletedTask;
        },
    };

    private static bool IsTransport(Exception fault) =>
        fault is HttpRequestException or IOException or InvalidDataException or TimeoutRejectedException;

    /// <summary>Null leaves the pause to the jittered back-off.</summary>
    private static TimeSpan? Pause(Exception? fault, int attempt, HttpLimits limits)
    {
        if (fault is not AnswerRefusedException { Verdict: var verdict })
        {
            return null;
        }

        if (verdict.RetryAfter is { } wanted)
        {
            var atLeast = wanted > limits.FirstPause ? wanted : limits.FirstPause;
            return atLeast < limits.TotalTimeout ? atLeast : limits.TotalTimeout;
        }

        return verdict.Class is AnswerClass.Blocked
            ? TimeSpan.FromTicks((long)Math.Min(limits.LongestPause.Ticks, limits.FirstPause.Ticks * BlockedFactor * Math.Pow(2, attempt)))
            : null;
    }

    private static Exchange ExchangeOf(ResilienceContext context) =>
        context.GetRequestMessage() is { } message && message.Options.TryGetValue(Exchange.Key, out var exchange)
            ? exchange
            : throw new InvalidOperationException("The pipeline met a request without its exchange.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: try {Try} in {Seconds:0.###} s, because: {Because}")]
    private static partial void TriesAgain(ILogger log, string source, int @try, double seconds, string because);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source}: nearly everything fails; left alone for {Seconds:0.###} s")]
    private static partial void CircuitOpens(ILogger log, string source, double seconds);
}
