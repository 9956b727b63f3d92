using CarTIngest.Host.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Simulation;

/// <summary>
/// A store in memory, made once by the real migrations and emptied by a copy of its first pages for each world. All go through one connection: nobody stops
/// within a transaction, so that what two connections could do to each other cannot happen anyway.
/// </summary>
internal sealed class SimulatedDisk : IAsyncDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly SqliteConnection empty = new("Data Source=:memory:");

    private SimulatedDisk() => View = new StoreView(connection);

    /// <summary>The model's own way in.</summary>
    public StoreView View { get; }

    /// <summary>The store as nobody's in particular.</summary>
    public StoreFactory Stores => new(new StorageOptions(), builder => builder.UseSqlite(connection));

    public static async Task<SimulatedDisk> NewAsync(CancellationToken cancellationToken)
    {
        var disk = new SimulatedDisk();
        await disk.connection.OpenAsync(cancellationToken);
        await disk.empty.OpenAsync(cancellationToken);
        await disk.Stores.MigrateAsync(cancellationToken);
        disk.connection.BackupDatabase(disk.empty);
        return disk;
    }

    /// <summary>The store as one actor opens it: each statement that writes, and each commit, is a step of his.</summary>
    public StoreFactory StoresOf(Actor actor)
    {
        var steps = new StoreSteps(actor);
        return new StoreFactory(new StorageOptions(), builder => builder.UseSqlite(connection).AddInterceptors(steps));
    }

    /// <summary>Nothing is in it any more.</summary>
    public void Clear() => empty.BackupDatabase(connection);

    /// <summary>Changes the store behind everybody's back, to show that the model sees it.</summary>
    public void Damage(string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        View.Dispose();
        await empty.DisposeAsync();
        await connection.DisposeAsync();
    }
}
