namespace CarTIngest.Host.Commands;

/// <summary>A folder for a store that nobody asked to keep; gone when disposed. It is made only when it is wanted.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private DirectoryInfo? folder;

    public string ConnectionString()
    {
        folder ??= Directory.CreateTempSubdirectory("cartingest-");
        // Pooled connections would keep the file open after the folder is to go.
        return $"Data Source={Path.Combine(folder.FullName, "cartingest.db")};Pooling=False";
    }

    public void Dispose() => folder?.Delete(recursive: true);
}
