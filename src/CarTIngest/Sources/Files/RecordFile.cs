using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CarTIngest.Records;

namespace CarTIngest.Sources.Files;

/// <summary>
/// Files of records: PubMed XML or study JSON, gzipped or not, told by their first bytes and never by their names. What cannot be read comes out
/// as an unreadable record with its reason, and the rest goes on. What can be read only once, a pipe, is laid down in a temporary file first.
/// </summary>
public sealed class RecordFile(RecordFormat xml, RecordFormat json)
{
    private const int SniffedBytes = 4096;
    private static readonly SearchValues<byte> BeforeContent = SearchValues.Create(" \t\r\n"u8.ToArray().Concat<byte>([0x00, 0xef, 0xbb, 0xbf, 0xfe, 0xff]).ToArray());

    /// <summary>The files that a path names: itself, or all below a folder in the order of their paths, hidden ones left out.</summary>
    /// <exception cref="FileNotFoundException">There is no such path.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'))).Order(StringComparer.Ordinal)]
            : throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
    }

    /// <summary>Every record of the file in its order. An I/O failure inside the file is an unreadable record at its end, never an end that looks whole.</summary>
    public async IAsyncEnumerable<Reading> ReadAsync(string file, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (pipe, kept) = await SpoolAsync(file, cancellationToken);
        using var spooled = pipe;
        file = pipe?.Path ?? file;
        var (kind, gzip, trouble) = kept is null ? await SniffAsync(file, cancellationToken) : (null, false, kept);
        if (kind is null)
        {
            yield return new UnreadableRecord(null, trouble, 0, ReadOnlyMemory<byte>.Empty);
            yield break;
        }

        await using var raw = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var content = new CountedStream(gzip ? new GZipStream(raw, CompressionMode.Decompress) : raw);
        await using var readings = kind(content, drift, cancellationToken).GetAsyncEnumerator(cancellationToken);
        string? broken = null;
        while (broken is null)
        {
            try
            {
                if (!await readings.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception damage) when (damage is InvalidDataException or IOException)
            {
                broken = $"The file is damaged and cannot be read further: {damage.Message}";
                continue;
            }

            yield return readings.Current;
        }

        if (broken is null && gzip && !GzipTail.IsWhole(file, content.BytesRead))
        {
            broken = "The file is cut: its gzip ends before the length that it announces.";
        }

        if (broken is not null)
        {
            yield return new UnreadableRecord(null, broken, content.BytesRead, ReadOnlyMemory<byte>.Empty);
        }
    }

    /// <summary>The reader of a source's records.</summary>
    public string ReaderVersionOf(string source) => source == "pubmed" ? xml.ReaderVersion : json.ReaderVersion;

    /// <summary>The <see cref="StoredRecordReader"/> over both formats' readers.</summary>
    public async Task<Reading?> ReadStoredAsync(string source, string readerVersion, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var format = source switch { "pubmed" => xml, "clinicaltrials" => json, _ => null };
        if (format?.ReaderVersion != readerVersion)
        {
            return null;
        }

        Reading? only = null;
        using var content = MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray(), writable: false);
        await foreach (var reading in format.Read(content, new DriftTally(), cancellationToken))
        {
            only = only is not null ? new UnreadableRecord(null, "The bytes hold more than one record.", 0, bytes)
                : reading is UnreadableRecord || (reading.Offset == 0 && reading.Bytes.Length == bytes.Length) ? reading with { Bytes = bytes }
                : new UnreadableRecord(null, "The bytes are not one record and nothing else.", 0, bytes);
        }

        return only ?? new UnreadableRecord(null, "The bytes hold no record.", 0, bytes);
    }

    private static async Task<(SpooledPipe? Pipe, string? Trouble)> SpoolAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return (await SpooledPipe.OfAsync(file, cancellationToken), null);
        }
        catch (Exception damage) when (damage is IOException or UnauthorizedAccessException)
        {
            return (null, $"The file cannot be opened: {damage.Message}");
        }
    }

    private async Task<(RecordReader? Reader, bool Gzip, string Trouble)> SniffAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var raw = File.OpenRead(file);
            var gzip = raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
            raw.Position = 0;
            await using Stream content = gzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            var head = new byte[SniffedBytes];
            var length = await content.ReadAtLeastAsync(head, SniffedBytes, throwOnEndOfStream: false, cancellationToken);
            var first = FirstSign(head.AsSpan(0, length));
            return first switch
            {
                '<' => (xml.Read, gzip, ""),
                '{' or '[' => (json.Read, gzip, ""),
                null when content is GZipStream && length == 0 && !GzipTail.IsWhole(file, 0) => (null, gzip, "The file is cut: its gzip ends before the length that it announces."),
                // A first line that is none must not take the lines behind it along.
                not null when BeginsStudyLater(head.AsSpan(0, length)) => (json.Read, gzip, ""),
                null => (null, gzip, length < SniffedBytes ? "The file is empty." : "The file begins with nothing but white space."),
                _ => (null, gzip, "The file is neither PubMed XML nor study JSON."),
            };
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return (null, false, $"The file cannot be opened: {damage.Message}");
        }
    }

    private static bool BeginsStudyLater(ReadOnlySpan<byte> head) => head.IndexOf("\n{\""u8) >= 0;

    /// <summary>The first sign that is no white space, byte-order mark or half of a UTF-16 pair.</summary>
    private static char? FirstSign(ReadOnlySpan<byte> head)
    {
        var start = head.IndexOfAnyExcept(BeforeContent);
        return start < 0 ? null : (char)head[start];
    }
}

/// <param name="ReaderVersion">Names the reader; changes whenever it reads something otherwise.</param>
public sealed record RecordFormat(string ReaderVersion, RecordReader Read);

/// <summary>Reads one format's records from decompressed bytes.</summary>
public delegate IAsyncEnumerable<Reading> RecordReader(Stream content, DriftTally drift, CancellationToken cancellationToken);
