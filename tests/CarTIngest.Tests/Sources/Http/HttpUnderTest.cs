using System.Collections.Concurrent;
using CarTIngest.Sources.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CarTIngest.Tests.Sources.Http;

/// <summary>The real client as the host registers it, with tiny pauses, and all that it logs.</summary>
internal sealed class HttpUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    public HttpUnderTest(HttpLimits? limits = null, string source = "pubmed")
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSourceHttp(source, _ => limits ?? Quick);
        provider = services.BuildServiceProvider();
        Http = provider.GetRequiredKeyedService<SourceHttp>(source);
    }

    public static HttpLimits Quick { get; } = new()
    {
        RequestsPerSecond = 500,
        FirstPause = TimeSpan.FromMilliseconds(2),
        LongestPause = TimeSpan.FromMilliseconds(20),
        AttemptTimeout = TimeSpan.FromSeconds(20),
        TotalTimeout = TimeSpan.FromSeconds(60),
    };

    public SourceHttp Http { get; }

    public LogList Log { get; } = new();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    internal sealed class LogList : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
