using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Simulation;

/// <summary>What one source really told one night: the model's own witness, written by the source and by nothing else.</summary>
internal sealed class Journal(string source)
{
    /// <summary>How much an arm may shrink on this night, in percent.</summary>
    public int ToleratedShrinkPercent { get; set; } = Product.ToleratedShrinkPercent;

    public string Source { get; } = source;

    public List<SourceCensus> Censuses { get; } = [];

    public HashSet<RecordId> Asked { get; } = [];

    /// <summary>Content hash of what was given last.</summary>
    public Dictionary<RecordId, string> Given { get; } = [];

    public HashSet<RecordId> Unreadable { get; } = [];

    public Dictionary<RecordId, RecordId?> NotGiven { get; } = [];

    /// <summary>Whether it stopped answering.</summary>
    public bool Failed { get; set; }
}
