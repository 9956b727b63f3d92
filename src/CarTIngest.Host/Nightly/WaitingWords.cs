using CarTIngest.Eligibility;
using CarTIngest.Reporting;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>How a change is told that nobody adopted yet.</summary>
internal static class WaitingWords
{
    public static WaitingChange Of(Strategy inForce, Strategy offered) => new(
        $"strategy of {offered.Source}",
        inForce.Hash,
        offered.Hash,
        $"The review folder's strategy for {offered.Source} is not adopted, so the one before goes on. It differs in {string.Join(", ", offered.ChangedFrom(inForce))}. `cartingest search --diff in-force FOLDER` says what it would bring and lose, and adopts it by two.");

    public static WaitingChange Of(Rulebook inForce, Rulebook offered) => new(
        "rulebook",
        inForce.Hash,
        offered.Hash,
        $"The review folder's rulebook, version {offered.Version}, is not adopted, so version {inForce.Version} goes on judging. `cartingest judge --against FOLDER` says what it would change, and adopts it by two.");
}
