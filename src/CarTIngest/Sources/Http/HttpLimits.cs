namespace CarTIngest.Sources.Http;

/// <summary>How one host is asked. Every value can be set; the defaults are those of the services' own pages.</summary>
public sealed record HttpLimits
{
    /// <summary>Requests begun per second at most, start to start, over all callers and retries.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>A file over which all processes of this machine keep that pace together; null: this one is alone.</summary>
    public string? PaceFile { get; init; }

    /// <summary>A file while which is not there the pace is not shared; null: it always is.</summary>
    public string? PaceMeetingPlace { get; init; }

    /// <summary>Tries beyond the first.</summary>
    public int Retries { get; init; } = 7;

    /// <summary>The first pause between tries; doubles, with jitter, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>One try, the whole body included. A bulk fetch takes the services up to a minute.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>One request with all its tries and pauses.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Decompressed bytes of one body at most.</summary>
    public long LargestBody { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long a host is left alone after nearly everything it answered for a while had failed.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An e-mail address for the host's operators, written into the User-Agent; null or empty: none.</summary>
    public string? Contact { get; init; }
}
