using System.Net.Mail;
using CarTIngest.Sources.Http;
using Microsoft.Extensions.Options;

namespace CarTIngest.Sources.PubMed;

/// <summary>How PubMed is asked, through NCBI's E-utilities. The limits are those of their documentation and of what other clients met.</summary>
public sealed record PubMedOptions
{
    /// <summary>Records that one search can list, whatever is asked: the first 9,999.</summary>
    public const int MostListed = 9_999;

    /// <summary>Where the E-utilities stand, with or without a closing slash.</summary>
    public Uri BaseAddress { get; init; } = new("https://eutils.ncbi.nlm.nih.gov/entrez/eutils/");

    /// <summary>The name under which NCBI knows this client; no white space.</summary>
    public string Tool { get; init; } = "cartingest";

    /// <summary>Whom NCBI may write to before it blocks the client. Null or empty: not sent.</summary>
    public string? Email { get; init; }

    /// <summary>Raises NCBI's limit from 3 to 10 requests a second. Sent in the body only, never shown. Null or empty: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Requests begun per second at most, start to start. Null: 2.5, or 8 with a key; NCBI's own counting is not exact.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>PMIDs in one fetch. Larger answers are where proxies give up.</summary>
    public int FetchBatch { get; init; } = 200;

    /// <summary>Ids taken from one search at most; what matches more is asked in ranges of UID.</summary>
    public int SearchCap { get; init; } = MostListed;

    /// <summary>Records that one arm may match at most. A strategy that widened by mistake (an unknown field tag is dropped) is not followed through millions.</summary>
    public int LargestArm { get; init; } = 500_000;

    /// <summary>Milliseconds before what a batch left out is asked for singly, and again before it is asked the second time.</summary>
    public int ReaskAfterMilliseconds { get; init; } = 2_000;

    /// <summary>Each held record is read again within so many days, a share a night: PubMed's dates do not tell every revision.</summary>
    public int RereadDays { get; init; } = 30;

    /// <summary>The pace in force.</summary>
    public double PaceInForce => RequestsPerSecond ?? (string.IsNullOrEmpty(ApiKey) ? 2.5 : 8);

    /// <summary>What NCBI wants to be told before it is asked; nothing when a stand-in answers.</summary>
    public IReadOnlyList<string> FaultsBeforeAsking() => BaseAddress.IsLoopback || !string.IsNullOrEmpty(Email)
        ? []
        : ["Email is empty. NCBI wants to know whom to write to before it blocks a client: --set Sources:PubMed:Email=you@hospital.example."];

    /// <summary>Everything that is wrong with these settings, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Require(BaseAddress is { IsAbsoluteUri: true, Scheme: "https" or "http" }, "BaseAddress is an absolute http or https address.");
        Require(BaseAddress is not { IsAbsoluteUri: true, Host: "www.ncbi.nlm.nih.gov" }, "BaseAddress is not on www.ncbi.nlm.nih.gov: that host is deprecated for E-utilities and throttled harder.");
        Require(BaseAddress is not { IsAbsoluteUri: true } || BaseAddress.Query.Length == 0, "BaseAddress has no query.");
        Require(Tool.Length > 0 && !Tool.Any(char.IsWhiteSpace), "Tool is a name without white space.");
        if (!string.IsNullOrEmpty(Email))
        {
            Require(!Email.Any(char.IsWhiteSpace) && MailAddress.TryCreate(Email, out var address) && address.Address == Email, "Email is one address without white space.");
            Require(!Email.StartsWith("root@", StringComparison.OrdinalIgnoreCase), "Email does not begin with root@: NCBI's server fails on such requests.");
        }

        Require(string.IsNullOrEmpty(ApiKey) || !ApiKey.Any(char.IsWhiteSpace), "ApiKey has no white space.");
        Require(RequestsPerSecond is null or (> 0 and <= 1000), "RequestsPerSecond is above 0 and at most 1000.");
        Require(FetchBatch is >= 1 and <= 1000, "FetchBatch is 1 to 1000.");
        Require(SearchCap is >= 1 and <= MostListed, "SearchCap is 1 to 9999.");
        Require(LargestArm >= 1, "LargestArm is at least 1.");
        Require(ReaskAfterMilliseconds is >= 0 and <= 600_000, "ReaskAfterMilliseconds is 0 to 600000.");
        Require(RereadDays is >= 1 and <= 365, "RereadDays is 1 to 365.");
        return faults;

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add(rule);
            }
        }
    }
}

/// <summary>Finds all faults of the settings at once.</summary>
public sealed class PubMedOptionsValidator : IValidateOptions<PubMedOptions>
{
    public ValidateOptionsResult Validate(string? name, PubMedOptions options) =>
        options?.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
