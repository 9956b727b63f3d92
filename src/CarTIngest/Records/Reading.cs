namespace CarTIngest.Records;

/// <summary>One record of a document as a reader met it: read, or not readable and why. Its bytes always come along.</summary>
/// <param name="Offset">Where the record's first byte stands in the (decompressed, UTF-8) document, in bytes.</param>
/// <param name="Bytes">The record's own bytes, UTF-8. Valid until the next reading is asked for.</param>
public abstract record Reading(long Offset, ReadOnlyMemory<byte> Bytes);

/// <param name="Hash">Of the record's content as the source gives it, independent of indentation, key order and what changes with the data set alone.</param>
public sealed record ReadRecord(SourceRecord Record, ContentHash Hash, long Offset, ReadOnlyMemory<byte> Bytes) : Reading(Offset, Bytes);

/// <param name="Id">Where it could still be told.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record UnreadableRecord(RecordId? Id, string Reason, long Offset, ReadOnlyMemory<byte> Bytes) : Reading(Offset, Bytes);
