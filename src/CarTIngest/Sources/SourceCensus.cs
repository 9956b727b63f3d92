using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>All ids that a source's arms match at one moment, arm by arm, each with its proof.</summary>
/// <param name="DataVersionBefore">The source's own word for the state of its data before the first arm (einfo LastUpdate, dataTimestamp).</param>
/// <param name="DataVersionAfter">The same after the last arm.</param>
/// <param name="Touched">Held or not: ids that the source says changed within the window.</param>
public sealed record SourceCensus(
    string DataVersionBefore,
    string DataVersionAfter,
    IReadOnlyList<ArmCensus> Arms,
    IReadOnlySet<RecordId> Touched)
{
    /// <summary>Every id of every arm, with the stamp by which a change shows (empty where the source gives none).</summary>
    public IReadOnlyDictionary<RecordId, string> Announced { get; } = Union(Arms);

    public bool Proven => Arms.Count > 0 && Arms.All(arm => arm.Proven);

    private static Dictionary<RecordId, string> Union(IReadOnlyList<ArmCensus> arms)
    {
        var union = new Dictionary<RecordId, string>();
        foreach (var arm in arms)
        {
            foreach (var (id, stamp) in arm.Ids)
            {
                union[id] = stamp;
            }
        }

        return union;
    }
}

/// <summary>One arm's answer.</summary>
/// <param name="Sent">The strategy as it was sent.</param>
/// <param name="Count">What the source says it matches.</param>
/// <param name="Ids">What was listed, each with its stamp.</param>
/// <param name="Translation">How the source says it understood the strategy; null where it does not say.</param>
/// <param name="Warnings">The source's own warnings: phrases not found, fields unknown, wildcards cut.</param>
/// <param name="WhyNotProven">Null when the distinct ids listed are as many as counted and the data stood still meanwhile.</param>
public sealed record ArmCensus(
    SearchArm Arm,
    string Sent,
    long Count,
    IReadOnlyDictionary<RecordId, string> Ids,
    string? Translation,
    IReadOnlyList<string> Warnings,
    string? WhyNotProven)
{
    public bool Proven => WhyNotProven is null;
}
