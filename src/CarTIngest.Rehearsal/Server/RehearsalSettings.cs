using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Server;

/// <summary>How the stand-in behaves. The defaults are those of the real services.</summary>
public sealed record RehearsalSettings
{
    /// <summary>Requests a second that E-utilities answer without an API key; the bucket holds one second's worth. At least 1.</summary>
    public int PubMedRequestsPerSecond { get; init; } = 3;

    /// <summary>Requests a second for each API key. At least <see cref="PubMedRequestsPerSecond"/> holds whatever stands here.</summary>
    public int PubMedRequestsPerSecondWithKey { get; init; } = 10;

    /// <summary>Whole seconds in the Retry-After of a refusal for pace.</summary>
    public int RetryAfterSeconds { get; init; } = 2;

    /// <summary>Records that one search of E-utilities can list.</summary>
    public int CapAt { get; init; } = 9_999;

    /// <summary>Studies on one page of the registry; a larger page size is cut to it without a word.</summary>
    public int RegistryPageSizeMax { get; init; } = 1_000;

    /// <summary>Whether E-utilities refuse a request without <c>tool</c> and <c>email</c>, which the real ones ask for but do not check.</summary>
    public ToolPolicy Tool { get; init; } = ToolPolicy.NotChecked;

    /// <summary>Which studies carry the data set's date as <c>derivedSection.miscInfoModule.versionHolder</c>.</summary>
    public VersionHolders VersionHolders { get; init; } = VersionHolders.OnEveryStudy;

    /// <summary>Citations that efetch leaves out when it is asked for several, and gives when asked for one.</summary>
    public IReadOnlySet<Pmid> FetchedOnlySingly { get; init; } = new HashSet<Pmid>();

    /// <summary>Citations that esearch announces and efetch never gives.</summary>
    public IReadOnlySet<Pmid> NeverFetched { get; init; } = new HashSet<Pmid>();

    /// <summary>What each request passes before it is answered, outermost first: the place for faults.</summary>
    public IReadOnlyList<RequestGate> Gates { get; init; } = [];

    /// <summary>From it come history names and page tokens.</summary>
    public int Seed { get; init; } = 1;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>Whether a request must name its tool and an address to write to.</summary>
public enum ToolPolicy
{
    NotChecked,
    Required,
}

/// <summary>Which studies carry the date of the data set, which changes nightly though they do not.</summary>
public enum VersionHolders
{
    /// <summary>Every study, as the registry gives them.</summary>
    OnEveryStudy,

    /// <summary>Those that had one when they were recorded; it moves with the data set.</summary>
    WhereRecorded,
}
