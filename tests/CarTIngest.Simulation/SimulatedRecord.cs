using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Simulation;

/// <summary>A record as its source has it tonight.</summary>
internal sealed class SimulatedRecord(RecordId id, int arms, DateOnly today)
{
    public RecordId Id { get; } = id;

    /// <summary>A bit an arm that announces it; none: it left the strategy.</summary>
    public int Arms { get; set; } = arms;

    /// <summary>Whether the source gives it when asked by id.</summary>
    public bool Given { get; set; } = true;

    public bool Readable { get; set; } = true;

    public RecordId? MergedInto { get; set; }

    public int Version { get; private set; } = 1;

    public int Text { get; private set; } = 1;

    /// <summary>The day of its last change that the source owns up to.</summary>
    public DateOnly Changed { get; private set; } = today;

    /// <summary>What an earlier day's file may still say of it.</summary>
    public List<byte[]> Earlier { get; } = [];

    public string Stamp => Id.Source == "pubmed" ? "" : Changed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public byte[] Line => RecordLine.Write(Id, Version, Changed.DayNumber, Readable ? $"{(char)('a' + (Text % 3))}{Text}" : RecordLine.Unreadable);

    public void Change(DateOnly today, Owned owned, bool newVersion)
    {
        Earlier.Add(Line);
        Text++;
        Changed = owned == Owned.Dated ? today : Changed;
        Version += newVersion ? 1 : 0;
    }
}

/// <summary>Whether a source says of a change that there was one.</summary>
internal enum Owned
{
    Dated,
    Silent,
}
