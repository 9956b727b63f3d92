using System.Security.Claims;
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
internal sealed class WatchedStore : IDisposable
{
    private readonly TestStore store = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero));

    public WatchdogOptions Options { get; init; } = new();

    public WatchedPlaces Places { get; init; } = new(["pubmed"], []);

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
    public async Task NightAsync(int announced = 100, string? why = null, string drift = "{}", string source = "pubmed", bool ended = true)
    {
        await using var context = Stores.Open();
        var run = new Run { Night = DateOnly.FromDateTime(Now.UtcDateTime), StartedAt = Now, EndedAt = ended ? Now.AddMinutes(30) : null, ProductVersion = "test", Complete = why is null };
        context.Runs.Add(run);
        await context.SaveChangesAsync();
        var sums = SourceNight.Down(source, why ?? "", 0, 0) with { Announced = announced, Complete = why is null, Why = why is null ? [] : [why] };
        if (ended)
        {
            context.RunSources.Add(new RunSource { RunId = run.Id, Source = source, Complete = why is null, Announced = announced, ReaderVersion = "1", ReadWhole = false, Sums = NightReportJson.Write(sums), Drift = drift });
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

    public Task<IReadOnlyList<Alarm>> RoundAsync() =>
        new WatchdogRound(Stores, Conditions, Options, new AlarmMail(), Clock, NullLogger<WatchdogRound>.Instance).LookAsync(CancellationToken.None);

    public async Task<IReadOnlyList<OutboxMessage>> MailAsync()
    {
        await using var context = Stores.Open();
        return await context.Outbox.AsNoTracking().OrderBy(message => message.Id).ToListAsync();
    }

    public void Dispose() => store.Dispose();
}
