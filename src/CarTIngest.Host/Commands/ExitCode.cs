namespace CarTIngest.Host.Commands;

/// <summary>What the process says to its caller when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Usage = 2;

    /// <summary>One source down, records quarantined, a night incomplete.</summary>
    public const int Partial = 3;

    public const int Settings = 4;

    /// <summary>Every asked source down.</summary>
    public const int SourcesDown = 5;

    public const int LeaseHeld = 6;
    public const int Integrity = 7;

    /// <summary>SIGINT.</summary>
    public const int Interrupted = 130;
}

/// <summary>The command line asks for what cannot be.</summary>
internal sealed class UsageException(string says) : Exception(says);

/// <summary>Settings that cannot be used, all of them at once.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
