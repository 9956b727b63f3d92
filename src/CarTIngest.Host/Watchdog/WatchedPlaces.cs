namespace CarTIngest.Host.Watchdog;

/// <summary>What this installation has to be watched.</summary>
/// <param name="Sources">The names of the sources that are asked every night.</param>
/// <param name="Folders">Where files are written: the store's and the mail's.</param>
/// <param name="Machine">Whose folders they are.</param>
public sealed record WatchedPlaces(IReadOnlyList<string> Sources, IReadOnlyList<string> Folders, string Machine);
