using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary>Names this process by machine, number and start, and tells of another on this machine whether it still lives.</summary>
internal static class ThisProcess
{
    /// <summary>
    /// Where a number means one process: this machine since it was started, and its space of process numbers, of which containers have their own. A name alone would not do: machines that were cloned share
    /// theirs, and so do containers of one host. After a new start nobody of before is known to be dead; the term tells.
    /// </summary>
    private static readonly string Place = OperatingSystem.IsLinux()
        ? $"{Environment.MachineName}:{File.ReadAllText("/proc/sys/kernel/random/boot_id").AsSpan(0, 8)}:{string.Concat((new FileInfo("/proc/self/ns/pid").LinkTarget ?? "").Where(char.IsAsciiDigit))}"
        : Environment.MachineName;

    public static LeaseHolder AsHolder()
    {
        using var self = Process.GetCurrentProcess();
        return new LeaseHolder(NameOf(self, StartOf), holder => IsDead(holder, StartOf));
    }

    /// <param name="startOf">Tells two processes of one number apart; throws where the other may not be looked at.</param>
    internal static bool IsDead(string holder, Func<Process, string> startOf)
    {
        var parts = holder.Split('/');
        if (parts.Length != 3 || parts[0] != Place || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(number);
            // Numbers are given again; the start tells two processes apart.
            return NameOf(process, startOf) != holder;
        }
        catch (ArgumentException)
        {
            // No process has that number.
            return true;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException)
        {
            // It is there, maybe another user's, and its start cannot be read: nobody knows that the holder is dead. Its term tells.
            return false;
        }
    }

    internal static string NameOf(Process process, Func<Process, string> startOf) => string.Create(CultureInfo.InvariantCulture, $"{Place}/{process.Id}/{startOf(process)}");

    /// <summary>
    /// On Linux the ticks since the machine was started, which read the same in every process for ever. As a time of day a start is worked out anew by each reader from
    /// its own clock, and a second more or less would call a living holder dead.
    /// </summary>
    internal static string StartOf(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return process.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        }

        // The name, in brackets, may hold spaces and brackets; the start is the twentieth value after it.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }
}
