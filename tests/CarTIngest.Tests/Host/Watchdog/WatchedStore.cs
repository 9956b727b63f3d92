using System.Security.Claims;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Watchdog;
using CarTIngest.Reporting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Watchdog;

/// <summary>A real store with nights as they are written, and the watchdog over it at a time that the test sets.</summary>
internal sealed class WatchedStore(StorageProvider? provider = null) : IDisposable
{
    private readonly TestStore store = new(provider);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero));

    public WatchdogOptions Options { get; init; } = new();

    public WatchedPlaces Places { get; init; } = new(["pubmed"], [], "here");

    public StoreFactory Stores => store.Stores;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public ConditionList Conditions => new(Options, Places);

    public static async Task<WatchedStore> MakeAsync(WatchedStore? watched = null)
    {
        watched ??= new WatchedStore();
        await watched.Stores.MigrateAsync(CancellationToken.None);
        return watched;
    }

    /// <summary>A night of pubmed that begins now and ends half an hour later; a day passes.</summary>
    public async Task NightAsync(int announced = 100, string? why = null, string drift = "{}", NightEnd end = NightEnd.Told, DateOnly? night = null)
    {
        const string source = "pubmed";
        await using var context = Stores.Open();
        var run = new Run
        {
            Night = night ?? DateOnly.FromDateTime(Now.UtcDateTime),
            StartedAt = Now,
            EndedAt = end == NightEnd.AtWork ? null : Now.AddMinutes(30),
            ProductVersion = "test",
            Complete = why is null,
            WeighedChange = end is NightEnd.Told or NightEnd.WithoutSources ? 0 : null,
        };
        context.Runs.Add(run);
        await context.SaveChangesAsync();
        var sums = SourceNight.Down(source, why ?? "", 0, 0) with { Announced = announced, Complete = why is null, Why = why is null ? [] : [why] };
        if (end != NightEnd.WithoutSources)
        {
            context.Answers.Add(new StoredAnswer { RunId = run.Id, Source = source, Endpoint = StoredAnswer.Held, Asked = "", Status = 0, PayloadHash = "0", At = Now });
        }

        if (end is not (NightEnd.AtWork or NightEnd.WithoutSources))
        {
            context.RunSources.Add(new RunSource { RunId = run.Id, Source = source, Complete = why is null, Announced = announced, ReaderVersion = end == NightEnd.Cut ? RunSource.NoReader : "1", ReadWhole = false, Sums = NightReportJson.Write(sums), Drift = drift });
        }

        await context.SaveChangesAsync();
        Clock.Advance(TimeSpan.FromDays(1));
    }

    public async Task AddAsync(params object[] rows)
    {
        await using var context = Stores.Open();
        context.AddRange(rows);
        await context.SaveChangesAsync();
    }

    /// <summary>Somebody holds the night's lease until then.</summary>
    public async Task HoldAsync(DateTimeOffset until)
    {
        await using var context = Stores.Open();
        await context.Leases.ExecuteDeleteAsync();
        context.Leases.Add(new Lease { Name = Leases.Night, Holder = "worker", Token = 1, Until = until });
        await context.SaveChangesAsync();
    }

    public async Task OperatorAsync(string email)
    {
        var account = new Account { Name = email, Email = email, UserName = email, NormalizedEmail = email, NormalizedUserName = email, CreatedAt = Now, UnsubscribeId = email };
        await AddAsync(account);
        await AddAsync(new IdentityUserClaim<long> { UserId = account.Id, ClaimType = ClaimTypes.Role, ClaimValue = Role.Operator });
    }

    /// <summary>What a condition says now, a line each: its subject and its words.</summary>
    public async Task<IReadOnlyList<Raised>> LookAsync(string condition)
    {
        await using var context = Stores.Open();
        return await Conditions.All.Single(one => one.Name == condition).LookAsync(context, Now, CancellationToken.None);
    }

    /// <param name="by">Where the round is made, if elsewhere.</param>
    public Task<IReadOnlyList<Alarm>> RoundAsync(WatchedPlaces? by = null, WatchdogOptions? options = null) =>
        new WatchdogRound(Stores, new ConditionList(options ?? Options, by ?? Places), options ?? Options, new AlarmMail(new Recipients(new AlertsOptions()), new MailTemplates()), Clock, NullLogger<WatchdogRound>.Instance).LookAsync(CancellationToken.None);

    public async Task<IReadOnlyList<OutboxMessage>> MailAsync()
    {
        await using var context = Stores.Open();
        return await context.Outbox.AsNoTracking().OrderBy(message => message.Id).ToListAsync();
    }

    public void Dispose() => store.Dispose();
}

/// <summary>How a night went.</summary>
public enum NightEnd
{
    /// <summary>Judged and told, complete or not.</summary>
    Told,

    /// <summary>Its source was closed, and it died before it judged; another closed its book.</summary>
    Unjudged,

    /// <summary>It died while it asked its source; another closed its book.</summary>
    Cut,

    /// <summary>Its book is open.</summary>
    AtWork,

    /// <summary>It asked nobody and judged what is held.</summary>
    WithoutSources,
}
