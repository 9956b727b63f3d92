using System.Diagnostics;
using System.Globalization;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary>Names this process by machine, number and start, and tells of another on this machine whether it still lives.</summary>
internal static class ThisProcess
{
    public static LeaseHolder AsHolder()
    {
        using var self = Process.GetCurrentProcess();
        return new LeaseHolder(NameOf(self), IsDead);
    }

    private static bool IsDead(string holder)
    {
        var parts = holder.Split('/');
        if (parts.Length != 3 || parts[0] != Environment.MachineName || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(number);
            // Numbers are given again; the start tells two processes apart.
            return NameOf(process) != holder;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string NameOf(Process process) => string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime():yyyyMMddHHmmss}");
}
