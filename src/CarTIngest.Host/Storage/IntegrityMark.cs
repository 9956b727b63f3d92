using CarTIngest.Records;

namespace CarTIngest.Host.Storage;

/// <summary>What is kept of a revision while the bytes behind it are read: its line only as a hash, so that memory stays small.</summary>
/// <param name="Line">Of the line as it is written; null where the stored one cannot be read.</param>
/// <param name="Version">PubMed's version of the citation, as the line says.</param>
internal sealed record IntegrityMark(
    string RecordId, int Number, string ContentHash, string PayloadHash, long Offset, int Length, string ReaderVersion, ContentHash? Line, int Version)
{
    public string Name => $"{RecordId}, revision {Number}";

    public static ContentHash LineOf(SourceRecord record) => Records.ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(RecordJson.Write(record)));

    public static int VersionOf(SourceRecord? record) => record is Publication publication ? publication.Version : 1;

    /// <summary>Whether the record's bytes lie inside a payload of this length.</summary>
    public bool LiesIn(long length) => LiesIn(Offset, Length, length);

    public static bool LiesIn(long offset, int length, long payload) => offset >= 0 && length >= 0 && offset <= payload - length;
}
