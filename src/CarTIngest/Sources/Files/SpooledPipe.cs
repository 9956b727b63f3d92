namespace CarTIngest.Sources.Files;

/// <summary>
/// What can be read only once (a pipe, a process substitution), laid down in a file of its own, for a record file is read from its beginning more than once.
/// The file is gone when this is disposed.
/// </summary>
internal sealed class SpooledPipe : IDisposable
{
    private const int Buffer = 1 << 16;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-pipe-");

    private SpooledPipe()
    {
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "content");

    /// <summary>Null for a file that can be read again: nothing is copied.</summary>
    /// <exception cref="IOException">It cannot be opened, read or laid down.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static async Task<SpooledPipe?> OfAsync(string path, CancellationToken cancellationToken)
    {
        // Opened once: a writer whose reader goes away is ended by the system.
        await using var pipe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, Buffer, FileOptions.Asynchronous);
        if (pipe.CanSeek)
        {
            return null;
        }

        var spooled = new SpooledPipe();
        var whole = false;
        try
        {
            await using var content = new FileStream(spooled.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Buffer, FileOptions.Asynchronous);
            await pipe.CopyToAsync(content, cancellationToken);
            whole = true;
            return spooled;
        }
        finally
        {
            if (!whole)
            {
                spooled.Dispose();
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
