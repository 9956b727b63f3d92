using System.Diagnostics;

namespace CarTIngest.Soak;

/// <summary>What this process holds after a full collection.</summary>
/// <param name="Night">How many nights it has played.</param>
/// <param name="Live">Bytes that are reachable on the managed heap.</param>
/// <param name="Resident">Bytes of memory that the system counts for the process.</param>
/// <param name="Handles">Open files, sockets and the like.</param>
internal sealed record Sample(int Night, long Live, long Resident, int Handles, int Threads)
{
    public static Sample After(int night)
    {
        // Twice: what a finalizer lets go is free for the second.
        for (var time = 0; time < 2; time++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var self = Process.GetCurrentProcess();
        return new Sample(night, GC.GetTotalMemory(forceFullCollection: false), self.WorkingSet64, Directory.GetFileSystemEntries("/proc/self/fd").Length, self.Threads.Count);
    }
}
