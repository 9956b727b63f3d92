using CarTIngest.Host.Storage;

namespace CarTIngest.Tests.Host.Storage;

/// <summary>The schema under processes that start at once and processes that die, on both databases.</summary>
public sealed class SchemaUpgradeTests
{
    [SkippableTheory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.PostgreSql)]
    public async Task Of_eight_that_start_at_once_one_migrates_and_the_others_find_it_done(StorageProvider provider)
    {
        using var store = new TestStore(provider);

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new StoreFactory(store.Options).MigrateAsync(CancellationToken.None))));

        Assert.Single(applied, names => names.Count > 0);
        await store.Stores.RequireAsync(CancellationToken.None);
    }
}
