using CarTIngest.Host.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CarTIngest.Tests.Host;

/// <summary>
/// A real store of its own for each test: SQLite in a folder, or with <c>CARTINGEST_TEST_STORE=PostgreSql</c> a database of a throw-away cluster,
/// so that the same tests run on both. Its tables are there, copied from a store that was migrated once, unless it is to be empty.
/// </summary>
public sealed class TestStore : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-test-");

    private static readonly Lazy<string> MadeFile = new(() =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cartingest-made-").FullName, "cartingest.db");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        // Without a pool the last connection leaves one whole file behind.
        Make(new StorageOptions { ConnectionString = $"Data Source={file};Pooling=False" });
        return file;
    });

    private static readonly Lazy<string> MadeDatabase = new(() =>
    {
        var options = new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = $"{PostgresCluster.NewDatabase()};Pooling=False" };
        Make(options);
        return new NpgsqlConnectionStringBuilder(options.ConnectionString).Database!;
    });

    public TestStore(StorageProvider? provider = null, bool empty = false)
    {
        if ((provider ?? Chosen) == StorageProvider.PostgreSql)
        {
            Options = new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = empty ? PostgresCluster.NewDatabase() : PostgresCluster.NewDatabase(MadeDatabase.Value) };
        }
        else
        {
            Options = new StorageOptions { ConnectionString = $"Data Source={File}" };
            if (!empty)
            {
                System.IO.File.Copy(MadeFile.Value, File);
            }
        }

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

    private static void Make(StorageOptions options) => Task.Run(() => new StoreFactory(options).MigrateAsync(CancellationToken.None)).GetAwaiter().GetResult();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
