using System.Collections.Frozen;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>The values that an enumeration of the registry may have, by OpenAPI 2.0.5. An unknown one is kept as text and counted.</summary>
internal sealed class KnownValues(string path, string values)
{
    private readonly FrozenSet<string> known = values.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Gives the value back as it is.</summary>
    public string? Watch(string? value, DriftTally drift)
    {
        if (value is not null && !known.Contains(value))
        {
            drift.Met($"{path}={StudyText.Short(value)}");
        }

        return value;
    }
}
