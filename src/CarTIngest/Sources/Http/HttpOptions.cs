namespace CarTIngest.Sources.Http;

/// <summary>Section <c>Http</c>: patience, the same for every source.</summary>
public sealed record HttpOptions
{
    private const int LongestSeconds = 86_400;

    private string? meetingPlace;

    /// <summary>Tries beyond the first.</summary>
    public int Retries { get; init; } = 7;

    /// <summary>The first pause between tries; doubles, with jitter.</summary>
    public double FirstPauseSeconds { get; init; } = 1;

    public double LongestPauseSeconds { get; init; } = 60;

    /// <summary>One try, the whole body included.</summary>
    public double AttemptTimeoutSeconds { get; init; } = 100;

    /// <summary>One request with all its tries and pauses.</summary>
    public double TotalTimeoutSeconds { get; init; } = 900;

    /// <summary>Where processes of this machine keep one pace together, a file for each host. Empty: each keeps its own. Null: beside SQLite's file, or among the user's temporary files.</summary>
    public string? PaceFolder { get; init; }

    /// <summary>The same, for processes that meet at a file: beside it the pace is kept as soon as it is there, unless a folder is named.</summary>
    public HttpOptions MeetingAt(string file) => this with { meetingPlace = file };

    public IReadOnlyList<string> Faults() =>
        [.. new (string Name, double Value)[]
        {
            (nameof(Retries), Retries + 1),
            (nameof(FirstPauseSeconds), FirstPauseSeconds),
            (nameof(LongestPauseSeconds), LongestPauseSeconds),
            (nameof(AttemptTimeoutSeconds), AttemptTimeoutSeconds),
            (nameof(TotalTimeoutSeconds), TotalTimeoutSeconds),
        }.Where(setting => setting.Value is not (> 0 and <= LongestSeconds)).Select(setting => $"{setting.Name} must be more than nothing and at most {LongestSeconds}.")];

    /// <param name="host">Who is asked.</param>
    public HttpLimits At(Uri host, double requestsPerSecond, string? contact) => new()
    {
        RequestsPerSecond = requestsPerSecond,
        PaceFile = (PaceFolder ?? Path.GetDirectoryName(meetingPlace)) is { Length: > 0 } folder ? Path.Combine(folder, $"{host.Host.Replace(':', '-')}-{host.Port}.pace") : null,
        PaceMeetingPlace = PaceFolder is null ? meetingPlace : null,
        Retries = Retries,
        FirstPause = TimeSpan.FromSeconds(FirstPauseSeconds),
        LongestPause = TimeSpan.FromSeconds(LongestPauseSeconds),
        AttemptTimeout = TimeSpan.FromSeconds(AttemptTimeoutSeconds),
        TotalTimeout = TimeSpan.FromSeconds(TotalTimeoutSeconds),
        Contact = contact,
    };
}
