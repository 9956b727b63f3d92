namespace CarTIngest.Rehearsal.Faults;

/// <summary>The night in which the registry's data moved under a walk without a word; until it is over <c>/version</c> tells the later state.</summary>
internal sealed class DriftedData
{
    private int day;

    public bool Has(DateOnly night) => Volatile.Read(ref day) == night.DayNumber && night != DateOnly.MinValue;

    public void Move(DateOnly night) => Volatile.Write(ref day, night.DayNumber);
}
