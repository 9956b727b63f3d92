using Microsoft.Data.Sqlite;

namespace CarTIngest.Host.Storage;

/// <summary>A folder for a store that nobody asked to keep; gone when disposed. It is made only when it is wanted.</summary>
public sealed class TemporaryStore : IDisposable
{
    private DirectoryInfo? folder;

    /// <summary>Made when it is asked for.</summary>
    public string Folder => (folder ??= Directory.CreateTempSubdirectory("cartingest-")).FullName;

    public string ConnectionString() => StorageOptions.ConnectionTo(Path.Combine(Folder, "cartingest.db"));

    public void Dispose()
    {
        // Pooled connections keep the file open.
        SqliteConnection.ClearAllPools();
        folder?.Delete(recursive: true);
    }
}
