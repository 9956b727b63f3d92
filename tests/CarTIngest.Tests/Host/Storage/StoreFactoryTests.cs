using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Storage;

public sealed class StoreFactoryTests : IDisposable
{
    private readonly TestStore store = new(empty: true);
    private readonly TestStore sqlite = new(StorageProvider.Sqlite, empty: true);

    public void Dispose()
    {
        store.Dispose();
        sqlite.Dispose();
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.PostgreSql)]
    public async Task The_migrations_make_the_model(StorageProvider provider)
    {
        await using var context = new StoreFactory(new StorageOptions { Provider = provider, ConnectionString = provider == StorageProvider.Sqlite ? "Data Source=:memory:" : "Host=never.invalid" }).Open();
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.NotEmpty(context.Database.GetMigrations());
    }

    [Fact]
    public async Task Creates_the_store_once()
    {
        Assert.NotEmpty(await store.Stores.MigrateAsync(CancellationToken.None));
        Assert.Empty(await store.Stores.MigrateAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task Makes_a_file_that_its_owner_alone_may_read()
    {
        Shared.Require(!OperatingSystem.IsWindows(), "files have other rights here");
        await sqlite.Stores.MigrateAsync(CancellationToken.None);
        await using var context = sqlite.Stores.Open();
        await context.Database.ExecuteSqlRawAsync("PRAGMA user_version=1");

        var files = Directory.GetFiles(Path.GetDirectoryName(sqlite.File)!);
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OwnRights(file)));
    }

    [Fact]
    public async Task Refuses_a_store_that_is_not_there_instead_of_answering_nothing()
    {
        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => sqlite.Stores.RequireAsync(CancellationToken.None));
        Assert.StartsWith("There is no store yet.", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(sqlite.File));
    }

    [Fact]
    public async Task Refuses_a_store_of_a_newer_version()
    {
        await store.Stores.MigrateAsync(CancellationToken.None);
        await using (var context = store.Stores.Open())
        {
            await context.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')");
        }

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => store.Stores.MigrateAsync(CancellationToken.None));
        Assert.Contains("29990101000000_Later", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_is_no_store()
    {
        await File.WriteAllTextAsync(sqlite.File, new string('x', 5000));
        await Assert.ThrowsAsync<StoreUnusableException>(() => sqlite.Stores.RequireAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnusableException>(() => sqlite.Stores.MigrateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Orders_moments_by_time()
    {
        await store.Stores.MigrateAsync(CancellationToken.None);
        var ledger = new NightLedger(store.Stores, TimeProvider.System);
        await using var lease = await new Leases(store.Stores, TimeProvider.System, TestStore.Holder("test")).TakeAsync(Leases.Night, CancellationToken.None);
        await ledger.OpenRunAsync(new DateOnly(2026, 3, 1), "test", lease, CancellationToken.None);
        await ledger.OpenRunAsync(new DateOnly(2026, 3, 2), "test", lease, CancellationToken.None);
        await using var context = store.Stores.Open();
        var starts = await context.Runs.OrderBy(run => run.StartedAt).Select(run => run.StartedAt).ToListAsync();
        Assert.Equal(starts.Order(), starts);
        Assert.Equal(TimeSpan.Zero, starts[0].Offset);
    }

    private static UnixFileMode OwnRights(string file) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);
}
