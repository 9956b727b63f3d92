using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>How ClinicalTrials.gov is asked. The limits are those that its API, version 2.0.5, is known to keep.</summary>
public sealed record ClinicalTrialsOptions
{
    /// <summary>Where the API stands, with or without a closing slash.</summary>
    [Required]
    public Uri BaseAddress { get; init; } = new("https://clinicaltrials.gov/api/v2/");

    /// <summary>Requests begun per second at most, start to start. The registry publishes no limit; its robots.txt asks for one a second.</summary>
    [Range(0.01, 1000)]
    public double RequestsPerSecond { get; init; } = 1;

    /// <summary>Studies asked for on one page of a census. The registry gives 1000 at most, whatever is asked.</summary>
    [Range(1, 1000)]
    public int PageSize { get; init; } = 1000;

    /// <summary>Ids in one request for whole studies. 300 would still fit an address that the registry's edge takes (6 KB).</summary>
    [Range(1, 300)]
    public int FetchChunk { get; init; } = 100;

    /// <summary>How often a walk begins again from its first page when the registry's data changed under it.</summary>
    [Range(0, 20)]
    public int CensusRestarts { get; init; } = 3;

    /// <summary>Pages in one walk that may bring nothing new before it is given up.</summary>
    [Range(1, 100)]
    public int IdlePages { get; init; } = 5;

    /// <summary>Each held registration is read again within so many days: derived references, merges and the turn to UNKNOWN do not move its dates.</summary>
    [Range(1, 365)]
    public int RereadDays { get; init; } = 7;

    /// <summary>Everything that is wrong with these settings, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. new ClinicalTrialsOptionsValidator().Validate(null, this).Failures ?? [],
        .. BaseAddress is { IsAbsoluteUri: true, Scheme: "https" or "http" } ? Array.Empty<string>() : ["BaseAddress is an absolute http or https address."],
    ];
}

/// <summary>Finds all faults of the settings at once.</summary>
[OptionsValidator]
public sealed partial class ClinicalTrialsOptionsValidator : IValidateOptions<ClinicalTrialsOptions>;
