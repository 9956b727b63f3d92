using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;

namespace CarTIngest.Sources;

/// <summary>Section <c>Sources</c>, with section <c>Http</c> beside it.</summary>
public sealed record SourcesOptions
{
    public PubMedOptions PubMed { get; init; } = new();

    public ClinicalTrialsOptions ClinicalTrials { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    /// <summary>What the real services want to be told before they are asked; nothing when a stand-in answers.</summary>
    public IReadOnlyList<string> FaultsBeforeAsking() => PubMed.BaseAddress.IsLoopback || !string.IsNullOrEmpty(PubMed.Email)
        ? []
        : ["Sources:PubMed:Email is empty. NCBI wants to know whom to write to before it blocks a client: --set Sources:PubMed:Email=you@hospital.example."];

    /// <summary>Everything that is wrong, one sentence each; empty when all can be used.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. PubMed.Faults().Select(fault => $"Sources:PubMed:{fault}"),
        .. new ClinicalTrialsOptionsValidator().Validate(null, ClinicalTrials) is { Failed: true } failed ? failed.Failures.Select(fault => $"Sources:ClinicalTrials:{fault}") : [],
        .. Http.Faults().Select(fault => $"Http:{fault}"),
    ];
}

/// <summary>Section <c>Http</c>: patience, the same for every source.</summary>
public sealed record HttpOptions
{
    /// <summary>Tries beyond the first.</summary>
    public int Retries { get; init; } = 7;

    /// <summary>The first pause between tries; doubles, with jitter.</summary>
    public double FirstPauseSeconds { get; init; } = 1;

    public double LongestPauseSeconds { get; init; } = 60;

    /// <summary>One try, the whole body included.</summary>
    public double AttemptTimeoutSeconds { get; init; } = 100;

    /// <summary>One request with all its tries and pauses.</summary>
    public double TotalTimeoutSeconds { get; init; } = 900;

    public IReadOnlyList<string> Faults() =>
        [.. new (string Name, double Value)[]
        {
            (nameof(Retries), Retries + 1),
            (nameof(FirstPauseSeconds), FirstPauseSeconds),
            (nameof(LongestPauseSeconds), LongestPauseSeconds),
            (nameof(AttemptTimeoutSeconds), AttemptTimeoutSeconds),
            (nameof(TotalTimeoutSeconds), TotalTimeoutSeconds),
        }.Where(setting => setting.Value <= 0).Select(setting => $"{setting.Name} must be more than nothing.")];

    public HttpLimits At(double requestsPerSecond, string? contact) => new()
    {
        RequestsPerSecond = requestsPerSecond,
        Retries = Retries,
        FirstPause = TimeSpan.FromSeconds(FirstPauseSeconds),
        LongestPause = TimeSpan.FromSeconds(LongestPauseSeconds),
        AttemptTimeout = TimeSpan.FromSeconds(AttemptTimeoutSeconds),
        TotalTimeout = TimeSpan.FromSeconds(TotalTimeoutSeconds),
        Contact = contact,
    };
}
