using CarTIngest.Host.Storage;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host;

/// <summary>
/// A real store of its own for each test: SQLite in a folder, or with <c>CARTINGEST_TEST_STORE=PostgreSql</c> a database of a throw-away cluster,
/// so that the same tests run on both.
/// </summary>
public sealed class TestStore : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-test-");

    public TestStore(StorageProvider? provider = null)
    {
        Options = (provider ?? Chosen) == StorageProvider.PostgreSql
            ? new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = PostgresCluster.NewDatabase() }
            : new StorageOptions { ConnectionString = $"Data Source={File}" };
        Stores = new StoreFactory(Options);
    }

    /// <summary>Which database the tests run on.</summary>
    public static StorageProvider Chosen => Environment.GetEnvironmentVariable("CARTINGEST_TEST_STORE") == nameof(StorageProvider.PostgreSql) ? StorageProvider.PostgreSql : StorageProvider.Sqlite;

    public StorageOptions Options { get; }

    /// <summary>SQLite's file.</summary>
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
