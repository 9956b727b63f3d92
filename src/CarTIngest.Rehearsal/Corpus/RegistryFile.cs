using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>One line of a registry night: a study came or changed, went, or was merged into another.</summary>
internal abstract record RegistryChange
{
    public sealed record Upsert(RecordedStudy Study) : RegistryChange;

    public sealed record Gone(NctId Id) : RegistryChange;

    public sealed record Merged(NctId Alias, NctId Canonical) : RegistryChange;
}

/// <summary>Reads the lines of a registry night: a study, or <c>{"upsert":study}</c>, <c>{"gone":"NCT…"}</c>, <c>{"alias":"NCT…","of":"NCT…"}</c>.</summary>
internal static class RegistryFile
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <exception cref="RehearsalCorpusException">A line is no JSON, or none of the four shapes.</exception>
    public static IEnumerable<RegistryChange> Read(string path, byte[] bytes)
    {
        var line = 0;
        for (var start = 0; start < bytes.Length;)
        {
            line++;
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var text = bytes.AsMemory(start, length < 0 ? bytes.Length - start : length);
            start += text.Length + 1;
            if (!text.Span.Trim(" \t\r"u8).IsEmpty)
            {
                yield return ChangeOf(path, line, text);
            }
        }
    }

    private static RegistryChange ChangeOf(string path, int line, ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Deep);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? throw new RehearsalCorpusException(path, line, "is no JSON object")
                : root.TryGetProperty("upsert", out var study) ? new RegistryChange.Upsert(StudyOf(path, line, study))
                : root.TryGetProperty("gone", out var gone) ? new RegistryChange.Gone(IdOf(path, line, gone))
                : root.TryGetProperty("alias", out var alias) && root.TryGetProperty("of", out var canonical)
                    ? new RegistryChange.Merged(IdOf(path, line, alias), IdOf(path, line, canonical))
                : new RegistryChange.Upsert(StudyOf(path, line, root));
        }
        catch (JsonException cause)
        {
            throw new RehearsalCorpusException(path, line, $"is no JSON ({cause.Message})", cause);
        }
    }

    private static RecordedStudy StudyOf(string path, int line, JsonElement study) =>
        StudyReader.Read(JsonMarshal.GetRawUtf8Value(study).ToArray(), study) ?? throw new RehearsalCorpusException(path, line, "a study has no NCT number");

    private static NctId IdOf(string path, int line, JsonElement id) =>
        id.ValueKind == JsonValueKind.String && NctId.TryParse(id.GetString(), out var nct)
            ? nct
            : throw new RehearsalCorpusException(path, line, string.Create(CultureInfo.InvariantCulture, $"{id} is no NCT number"));
}
