using CarTIngest.Host.Storage;
using CarTIngest.Tests.Host.Commands;

namespace CarTIngest.Tests.Host.Storage.Upgrades;

/// <summary>The schema under processes that start at once and processes that die, on both databases.</summary>
public sealed class SchemaUpgradeTests
{
    [SkippableTheory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.PostgreSql)]
    public async Task Of_eight_that_start_at_once_one_migrates_and_the_others_find_it_done(StorageProvider provider)
    {
        using var store = new TestStore(provider, empty: true);

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new StoreFactory(store.Options).MigrateAsync(CancellationToken.None))));

        Assert.Single(applied, names => names.Count > 0);
        await store.Stores.RequireAsync(CancellationToken.None);
    }

    [SkippableTheory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.PostgreSql)]
    public async Task Of_three_processes_that_start_at_once_one_migrates_and_all_end_well(StorageProvider provider)
    {
        using var store = new TestStore(provider, empty: true);
        using var cartingest = new Cartingest();
        string[] call = ["migrate", "--json", "--set", $"Storage:Provider={provider}", "--set", $"Storage:ConnectionString={store.Options.ConnectionString}"];
        using var first = cartingest.Start(call);
        using var second = cartingest.Start(call);
        using var third = cartingest.Start(call);

        Answered[] ends = [await first.EndAsync(), await second.EndAsync(), await third.EndAsync()];

        Assert.Single(ends, end => Assert.Single(end.Ends(0).Json).GetProperty("applied").GetArrayLength() > 0);
        await store.Stores.RequireAsync(CancellationToken.None);
    }
}
