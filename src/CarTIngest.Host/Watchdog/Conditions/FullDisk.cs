using System.Globalization;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>Where the store or the mail is written, little is free. Each machine tells of its own disks; one that nobody works on, a PostgreSQL server's for one, cannot be seen from here.</summary>
public sealed class FullDisk(WatchdogOptions options, WatchedPlaces places) : ICondition
{
    public string Name => "disk";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"At least {options.DiskFreeMiB:N0} MiB are free where this machine writes.");

    public string Do => "Make room: on a full disk a night stops, keeps what it has, and begins again the next evening. Raw bytes are kept for good and grow by some MiB a month; old backups and logs may go.";

    public Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(Look());

    public bool Covers(string subject) => subject.StartsWith(SubjectOf(""), StringComparison.Ordinal);

    /// <summary>The same without a store.</summary>
    public IReadOnlyList<Raised> Look() => [.. places.Folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(Look).OfType<Raised>()];

    private string SubjectOf(string folder) => $"{places.Machine}: {folder}";

    private Raised? Look(string folder)
    {
        try
        {
            // Before anything is written there may be no folder yet.
            var nearest = new DirectoryInfo(folder);
            while (nearest is { Exists: false })
            {
                nearest = nearest.Parent;
            }

            var free = new DriveInfo(nearest?.FullName ?? folder).AvailableFreeSpace >> 20;
            return free >= options.DiskFreeMiB ? null : new Raised(SubjectOf(folder), string.Create(CultureInfo.InvariantCulture, $"Only {free:N0} MiB are free on {places.Machine} where {folder} lies."));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new Raised(SubjectOf(folder), $"It cannot be told how much is free on {places.Machine} where {folder} lies: {trouble.Message}");
        }
    }
}
