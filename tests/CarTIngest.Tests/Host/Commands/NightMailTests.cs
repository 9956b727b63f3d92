using CarTIngest.Host.Alerts;
using CarTIngest.Host.Commands;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using Microsoft.Extensions.DependencyInjection;

namespace CarTIngest.Tests.Host.Commands;

public sealed class NightMailTests
{
    [Fact]
    public async Task A_store_that_fails_after_the_night_does_not_change_what_the_night_was()
    {
        var stores = new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={Path.Combine(AppContext.BaseDirectory, "no such folder", "cartingest.db")}" });
        var (options, place, clock) = (new AlertsOptions { To = "lead@review.example" }, new AlertsPlace(null, TimeZoneInfo.Utc), TimeProvider.System);
        var desk = new DigestDesk(stores, new Recipients(options), new DigestReading(stores, ProtocolFile.Plain, new QueueReading(stores)), new DigestTiming(options, place, clock), new Letters(new MailTemplates(), place), clock);
        await Assert.ThrowsAnyAsync<Exception>(() => desk.WriteAsync(CancellationToken.None));
        await using var services = new ServiceCollection().AddSingleton(desk).BuildServiceProvider();

        await NightMail.SendAsync(services, CancellationToken.None);
    }
}
