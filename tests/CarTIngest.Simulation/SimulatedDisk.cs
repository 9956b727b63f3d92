using CarTIngest.Host.Storage;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Simulation;

/// <summary>A store in memory, made once by the real migrations and emptied by a copy of its first pages for each world.</summary>
internal sealed class SimulatedDisk : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteConnection empty;

    private SimulatedDisk(string name)
    {
        Options = new StorageOptions { ConnectionString = $"Data Source={name};Mode=Memory;Cache=Shared" };
        connection = new SqliteConnection(Options.ConnectionString);
        View = new StoreView(connection);
        empty = new SqliteConnection($"Data Source={name}-empty;Mode=Memory;Cache=Shared");
    }

    public StorageOptions Options { get; }

    /// <summary>The model's own way in; the store lives as long as it is open.</summary>
    public StoreView View { get; }

    public static async Task<SimulatedDisk> NewAsync(string name, CancellationToken cancellationToken)
    {
        var disk = new SimulatedDisk(name);
        await disk.connection.OpenAsync(cancellationToken);
        await disk.empty.OpenAsync(cancellationToken);
        await new StoreFactory(disk.Options).MigrateAsync(cancellationToken);
        disk.connection.BackupDatabase(disk.empty);
        return disk;
    }

    public void Clear() => empty.BackupDatabase(connection);

    public async ValueTask DisposeAsync()
    {
        View.Dispose();
        await empty.DisposeAsync();
        await connection.DisposeAsync();
    }
}
