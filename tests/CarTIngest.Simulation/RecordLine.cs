using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.Files;

namespace CarTIngest.Simulation;

/// <summary>The simulated records' form: a line "[id version posted text]", in angle brackets for PubMed and in braces for the registry. A text of "?" cannot be read.</summary>
internal static class RecordLine
{
    public const string ReaderVersion = "lines/1";

    public const string Unreadable = "?";

    public static RecordFile Files { get; } = new(new RecordFormat(ReaderVersion, ReadAsync), new RecordFormat(ReaderVersion, ReadAsync));

    public static byte[] Write(RecordId id, int version, int posted, string text)
    {
        var (open, close) = id.Source == "pubmed" ? ('<', '>') : ('{', '}');
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{open}{id.Text} {version} {posted} {text}{close}"));
    }

    public static Reading Read(ReadOnlyMemory<byte> line, long offset)
    {
        var parts = Encoding.ASCII.GetString(line.Span[1..^1]).Split(' ');
        RecordId? id = RecordId.TryParse(parts[0], out var known) ? known : null;
        if (id is null || parts.Length != 4 || parts[3] == Unreadable)
        {
            return new UnreadableRecord(id, "The text is a question mark.", offset, line);
        }

        var posted = DateOnly.FromDayNumber(int.Parse(parts[2], CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        SourceRecord record = id.Value.Source == "pubmed"
            ? new Publication { Pmid = long.Parse(id.Value.Local, CultureInfo.InvariantCulture), Version = int.Parse(parts[1], CultureInfo.InvariantCulture), Title = parts[3], Journal = parts[3][..1] }
            : new Trial { NctId = id.Value.Local, BriefTitle = parts[3], Status = parts[3][..1], LastUpdatePosted = PartialDate.TryParse(posted, out var date) ? date : null };
        return new ReadRecord(record, ContentHash.Of(line.Span), offset, line);
    }

    public static Task<Reading?> ReadStoredAsync(string source, string readerVersion, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Task.FromResult<Reading?>(readerVersion == ReaderVersion ? Read(bytes, 0) : null);

    private static async IAsyncEnumerable<Reading> ReadAsync(Stream content, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, cancellationToken);
        var bytes = whole.ToArray();
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            yield return Read(bytes.AsMemory(start, end - start), start);
            start = end + 1;
        }
    }
}
