using System.Globalization;
using System.IO.Compression;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>A file of a recorded night. Gzip is told by its first bytes, not by its name.</summary>
internal sealed record RecordedFile(string Path, DateOnly? Night)
{
    private const int DateLength = 10;

    /// <summary>The files of a folder with one of these endings (<c>.gz</c> after it allowed), each with the night its name begins with, in order of name.</summary>
    /// <exception cref="RehearsalCorpusException">The folder is not there, or a name begins with a date that does not exist.</exception>
    public static IReadOnlyList<RecordedFile> In(string folder, string ending)
    {
        if (!Directory.Exists(folder))
        {
            throw new RehearsalCorpusException(folder, "there is no such folder");
        }

        return
        [
            .. Directory.EnumerateFiles(folder)
                .Where(path => HasEnding(path, ending))
                .Order(StringComparer.Ordinal)
                .Select(path => new RecordedFile(path, NightOf(path))),
        ];
    }

    public bool Is(string kind) => HasEnding(Path, kind);

    /// <exception cref="RehearsalCorpusException">The file cannot be opened, or is no sound gzip.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(Path, cancellationToken);
            if (bytes is not [0x1F, 0x8B, ..])
            {
                return bytes;
            }

            await using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            await packed.CopyToAsync(plain, cancellationToken);
            return plain.ToArray();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RehearsalCorpusException(Path, $"cannot be read ({cause.Message})", cause);
        }
    }

    private static bool HasEnding(string path, string ending) =>
        path.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || path.EndsWith(ending + ".gz", StringComparison.OrdinalIgnoreCase);

    private static DateOnly? NightOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (name.Length <= DateLength || name[DateLength] != '.' || name[4] != '-' || name[7] != '-')
        {
            return null;
        }

        return DateOnly.TryParseExact(name.AsSpan(..DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var night)
            ? night
            : throw new RehearsalCorpusException(path, "is named after a date that does not exist");
    }
}
