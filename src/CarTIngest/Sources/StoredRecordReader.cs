using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>
/// Reads one record again from its own bytes, as the store kept them. Null when the reader of that version is not at hand; otherwise the record, or
/// why the bytes are not one record of that source. Blind spot: a namespace prefix that only the record's document declared.
/// </summary>
/// <param name="source">The source's name.</param>
/// <param name="readerVersion">Which reader read it then.</param>
/// <param name="bytes">Of the one record, no more and no less.</param>
public delegate Task<Reading?> StoredRecordReader(string source, string readerVersion, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
