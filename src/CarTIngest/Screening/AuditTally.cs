using System.Globalization;

namespace CarTIngest.Screening;

/// <summary>What people found in a month's audit of what the machine rejects. The drawn are a sample, with a bound for all that is rejected; the silent are all there are.</summary>
/// <param name="Month">As <c>yyyy-MM</c>, of their entering.</param>
/// <param name="Entered">Into the queue.</param>
/// <param name="Settled">Of those, the ones on which people have decided by title.</param>
/// <param name="Advanced">Of those, the ones that people let pass: wrongly rejected.</param>
public sealed record AuditTally(string Month, QueueWay Way, int Entered, int Settled, int Advanced)
{
    /// <summary>k of n with its bound; of the silent, who are no sample, the bound is for the rules that reject such records.</summary>
    public string Says => OneSidedBound.Misses(Advanced, Settled);

    /// <summary>By month, the drawn before the silent.</summary>
    public static IReadOnlyList<AuditTally> Of(IEnumerable<AuditedEntry> entries, ScreeningState state) =>
    [
        .. entries.Where(entry => entry.Way is QueueWay.AuditDrawn or QueueWay.AuditSilent)
            .GroupBy(entry => (Month: entry.Night.ToString("yyyy-MM", CultureInfo.InvariantCulture), entry.Way))
            .OrderBy(group => group.Key.Month, StringComparer.Ordinal).ThenBy(group => group.Key.Way)
            .Select(group =>
            {
                var standings = group.Select(entry => state.StandingOf(Stage.Title, entry.By)).Where(standing => standing.IsSettled).ToList();
                return new AuditTally(group.Key.Month, group.Key.Way, group.Count(), standings.Count, standings.Count(standing => standing.State == ItemState.Advanced));
            }),
    ];
}

/// <param name="By">The record that people screen by title.</param>
public sealed record AuditedEntry(string By, QueueWay Way, DateOnly Night);
