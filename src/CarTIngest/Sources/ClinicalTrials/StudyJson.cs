using System.Runtime.CompilerServices;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// Reads documents of ClinicalTrials.gov API v2 studies: one study, an array, <c>{"studies":[…]}</c>, JSON lines, and the lines of recorded nights
/// (<c>{"upsert": study}</c>, <c>{"gone": "NCT…"}</c>). Streams a document of any length; one record may have 32 MiB and 256 levels. What is no
/// readable study is a reading with its reason, and the rest goes on. Blind spot: posted results are not read, they stay in the raw bytes.
/// </summary>
public static class StudyJson
{
    /// <summary>Changes whenever a study is read otherwise.</summary>
    public const string ReaderVersion = "study-json/1";

    /// <summary>Offsets count bytes of the document in UTF-8, its byte order mark included. UTF-16 with a byte order mark is taken too, offsets then as in its UTF-8 form.</summary>
    /// <param name="json">Read to its end, not closed. A fault of its decompression counts as a cut document.</param>
    /// <param name="drift">Counts unknown members and values, and leaves that could not be taken.</param>
    /// <exception cref="IOException">The stream itself cannot be read.</exception>
    public static async IAsyncEnumerable<Reading> ReadAsync(Stream json, DriftTally drift, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(drift);
        var splitter = new StudySplitter(json);
        while (await splitter.NextAsync(ct) is { } piece)
        {
            yield return ReadingOf(piece, splitter.Fault, drift);
        }
    }

    private static Reading ReadingOf(StudyPiece piece, string? fault, DriftTally drift) => piece.Kind switch
    {
        StudyPieceKind.Value => StudyReader.Read(piece.Bytes, piece.Offset, drift),
        StudyPieceKind.TooLong => StudyReader.Refuse(piece.Bytes, piece.Offset, $"it is longer than {StudySplitter.LargestRecord / (1024 * 1024)} MiB"),
        StudyPieceKind.TooDeep => StudyReader.Refuse(piece.Bytes, piece.Offset, $"it is nested deeper than {ValueScan.MaxDepth} levels"),
        StudyPieceKind.Broken => StudyReader.Refuse(piece.Bytes, piece.Offset, "it does not end before the next record begins"),
        StudyPieceKind.DocumentCut when piece.Bytes.IsEmpty => new UnreadableRecord(null, $"The file is cut: it ends before its own last bracket{Because(fault)}.", piece.Offset, piece.Bytes),
        StudyPieceKind.DocumentCut => new UnreadableRecord(StudyText.FindId(piece.Bytes.Span), $"The file is cut: it ends inside this study{Because(fault)}.", piece.Offset, piece.Bytes),
        StudyPieceKind.Text => new UnreadableRecord(null, $"This is no study but {StudyText.Describe(piece.Bytes.Span)}.", piece.Offset, piece.Bytes),
        _ => new UnreadableRecord(null, "The file is empty.", piece.Offset, piece.Bytes),
    };

    private static string Because(string? fault) => fault is null ? "" : $" ({fault.TrimEnd('.')})";
}
