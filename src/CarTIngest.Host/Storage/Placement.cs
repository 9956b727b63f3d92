using CarTIngest.Records;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Storage;

/// <summary>What placing a reading did.</summary>
public enum PlacementKind
{
    New,
    Revised,
    Unchanged,

    /// <summary>An older version than the one held; its bytes are kept, the record stays.</summary>
    Superseded,

    /// <summary>The source withdrew it.</summary>
    Withdrawn,

    Quarantined,
}

/// <param name="Id">Absent for a quarantined record whose id could not be told.</param>
public sealed record Placement(RecordId? Id, PlacementKind Kind, IReadOnlyList<FieldChange> Changes);

/// <summary>A reading on its way into the store: its bytes are held as part of a payload.</summary>
/// <param name="Record">Null when it could not be read.</param>
/// <param name="Reason">Why it could not be read.</param>
/// <param name="Stamp">What the census said of it, empty for an import.</param>
/// <param name="ReaderVersion">Which reader read it.</param>
public sealed record Incoming(
    RecordId? Id,
    SourceRecord? Record,
    ContentHash Hash,
    string? Reason,
    ContentHash Payload,
    long Offset,
    int Length,
    string Stamp,
    string ReaderVersion)
{
    public static Incoming From(Reading reading, ContentHash payload, long offset, string readerVersion, Func<RecordId, string> stampOf) => reading switch
    {
        ReadRecord read => new(read.Record.Id, read.Record, read.Hash, null, payload, offset, read.Bytes.Length, stampOf(read.Record.Id), readerVersion),
        UnreadableRecord unreadable => new(unreadable.Id, null, default, unreadable.Reason, payload, offset, unreadable.Bytes.Length, "", readerVersion),
        _ => throw new ArgumentOutOfRangeException(nameof(reading), reading?.GetType().Name, "Neither read nor unreadable."),
    };
}

/// <summary>On whose behalf records are placed.</summary>
/// <param name="Origin">What an unreadable record is filed under: the source's name, or the file of an import.</param>
/// <param name="RunId">Null for an import.</param>
/// <param name="Baseline">Whether what is new is known to the team already.</param>
/// <param name="Lease">The right to write; shown with every batch.</param>
public sealed record PlacingOrder(string Origin, DateOnly Night, long? RunId, HeldLease Lease, bool Baseline = false);
