using CarTIngest.Host.Storage;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host;

/// <summary>A real SQLite store in a folder of its own.</summary>
public sealed class TestStore : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-test-");

    public TestStore() => Stores = new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={File}" });

    public string File => Path.Combine(folder.FullName, "cartingest.db");

    public StoreFactory Stores { get; }

    /// <summary>A holder that says of nobody that he is dead.</summary>
    public static LeaseHolder Holder(string name) => new(name, _ => false);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
