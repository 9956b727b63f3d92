using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Storage.Upgrades;

/// <summary>An upgrade from every earlier version, killed at its statements and commits and begun again: from none at every one; from the later ones, whose statements are the last of those, at every fifth and the last.</summary>
public sealed class KilledUpgradeTests
{
    public static TheoryData<StorageProvider, string?> EveryEarlierVersion
    {
        get
        {
            var from = new TheoryData<StorageProvider, string?>();
            foreach (var provider in Enum.GetValues<StorageProvider>())
            {
                using var context = new StoreFactory(new StorageOptions { Provider = provider, ConnectionString = provider == StorageProvider.Sqlite ? "Data Source=:memory:" : "Host=never.invalid" }).Open();
                from.Add(provider, null);
                context.Database.GetMigrations().ToList().ForEach(version => from.Add(provider, version));
            }

            return from;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(EveryEarlierVersion))]
    public async Task Whoever_dies_in_it_leaves_the_old_schema_or_the_new_and_the_next_ends_with_the_new(StorageProvider provider, string? from)
    {
        using var undisturbed = await StoreAtVersion.MakeAsync(provider, from);
        var counting = new DyingAt(DyingAt.Never);
        Assert.Contains(LaterVersion.Id, await undisturbed.Upgrading(counting).MigrateAsync(CancellationToken.None));
        var (newSchema, newData) = (await undisturbed.SchemaAsync(), await undisturbed.DataAsync());
        using var untouched = await StoreAtVersion.MakeAsync(provider, from);
        var oldSchema = await untouched.SchemaAsync();
        Assert.InRange(counting.Steps, 10, 500);
        Assert.NotEqual(oldSchema, newSchema);

        foreach (var step in Enumerable.Range(1, counting.Steps).Where(step => (from is null && provider == StorageProvider.Sqlite) || step % 5 == 0 || step == counting.Steps))
        {
            using var store = await StoreAtVersion.MakeAsync(provider, from);
            await Assert.ThrowsAsync<DiedException>(() => store.Upgrading(new DyingAt(step)).MigrateAsync(CancellationToken.None));
            var left = await store.SchemaAsync();
            Assert.True(left.SequenceEqual(oldSchema) || left.SequenceEqual(newSchema), $"Dead at step {step} of {counting.Steps}, it left a schema between the versions:\n{string.Join('\n', left)}");

            await store.Upgrading().MigrateAsync(CancellationToken.None);

            Assert.Equal(newSchema, await store.SchemaAsync());
            Assert.Equal(newData, await store.DataAsync());
        }
    }

    [SkippableTheory]
    [MemberData(nameof(EveryEarlierVersion))]
    public async Task What_was_held_is_held_after_it(StorageProvider provider, string? from)
    {
        using var store = await StoreAtVersion.MakeAsync(provider, from);
        var before = await store.DataAsync();
        Assert.Equal(from is null, before.Count == 0);

        await store.Upgrading().MigrateAsync(CancellationToken.None);

        // A later version may add columns at the end of a row and rows of its own.
        var after = await store.DataAsync();
        Assert.All(before, row => Assert.Contains(after, now => now.StartsWith(row, StringComparison.Ordinal)));
    }
}
