using System.IO.MemoryMappedFiles;

namespace CarTIngest.Workers;

/// <summary>
/// A clock that all processes of a proof read from one file: how far it is ahead of the machine's own, in ticks of 100 ns. Whoever writes there moves them all at once; in between it runs
/// at real speed, and waits take as long as they take.
/// </summary>
internal sealed class SharedClock : TimeProvider, IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor ahead;

    public SharedClock(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, sizeof(long), MemoryMappedFileAccess.ReadWrite);
        ahead = file.CreateViewAccessor(0, sizeof(long));
    }

    /// <summary>From now on it is this moment.</summary>
    public void Set(DateTimeOffset moment) => ahead.Write(0, (moment - System.GetUtcNow()).Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(ahead.ReadInt64(0));

    public void Dispose()
    {
        ahead.Dispose();
        file.Dispose();
    }
}
