using System.Collections.Concurrent;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Watchdog;
using CarTIngest.Host.Web;
using CarTIngest.Screening;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Web;

/// <summary>The pages as they are served, on a port of loopback, over a real store; the clock stands until it is moved.</summary>
internal sealed class PagesUnderTest : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly WebApplication app;
    private readonly TestStore? own;

    private PagesUnderTest(WebApplication app, TestStore? own, TestStore store, FakeTimeProvider clock, LoggedLines log) => (this.app, this.own, Store, Clock, Log) = (app, own, store, clock, log);

    public TestStore Store { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>Everything that was logged.</summary>
    public LoggedLines Log { get; }

    public Uri Address => new(app.Urls.Single() + "/");

    public IServiceProvider Services => app.Services;

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static async Task<PagesUnderTest> StartAsync(WebOptions? web = null, PeopleOptions? people = null, PageAccess access = PageAccess.ByLogin, TestStore? store = null)
    {
        web ??= new WebOptions();
        people ??= new PeopleOptions();
        var own = store is null ? new TestStore() : null;
        store ??= own!;
        var log = new LoggedLines();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 16, 9, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(ProtocolFile.Plain).AddStorage(store.Options, TestStore.Holder("pages")).AddPeople(people)
            .AddSingleton(new ConditionList(new WatchdogOptions(), new WatchedPlaces(["pubmed", "clinicaltrials"], [], "this machine")))
            .AddPages(web, people, new PageFrame(TimeZoneInfo.Utc, now => now.AddHours(5), access))
            // As many rounds as the product makes would take most of the tests' time.
            .Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000)
            // Hangfire's log is one for the whole process: none that ends with this host.
            .AddHangfire(hangfire => hangfire.UseInMemoryStorage(new InMemoryStorageOptions()).UseLogProvider(new AspNetCoreLogProvider(NullLoggerFactory.Instance)));
        var app = builder.Build();
        app.MapPages();
        app.MapGet("/health/live", () => "alive").OpenToProbes();
        await app.Services.GetRequiredService<StoreFactory>().MigrateAsync(CancellationToken.None);
        app.Services.GetRequiredService<StartUp>().Finish();
        await app.StartAsync();
        return new PagesUnderTest(app, own, store, clock, log);
    }

    public Visitor Visit() => new(Address);

    /// <summary>Through a proxy that speaks https to the browser.</summary>
    public Visitor VisitOverHttps() => new(Address) { Headers = { ["X-Forwarded-Proto"] = "https" } };

    /// <summary>Who has logged in and has these roles alone.</summary>
    public async Task<Visitor> VisitAsAsync(string email, params string[] roles)
    {
        await AddAsync(email, roles);
        var visitor = Visit();
        (await visitor.LogInAsync(email)).Is(302);
        return visitor;
    }

    public async Task<long> AddAsync(string email, params string[] roles)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<AccountBook>();
        var code = await book.InviteAsync(new NewPerson($"Name of {email}", email, roles), Actor.AtThisMachine, CancellationToken.None);
        return (await scope.ServiceProvider.GetRequiredService<Passwords>().ChooseAsync(code, Password, CancellationToken.None))!.Id;
    }

    public async Task<T> WithAsync<TPart, T>(Func<TPart, Task<T>> ask)
        where TPart : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TPart>());
    }

    public Task<Person> PersonAsync(string email) => WithAsync<AccountBook, Person>(async book => (await book.FindAsync(email, CancellationToken.None))!);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        own?.Dispose();
    }
}

/// <summary>Takes down what is logged.</summary>
internal sealed class LoggedLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public string All => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => new Line(lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Line(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)} {exception}");
    }
}
