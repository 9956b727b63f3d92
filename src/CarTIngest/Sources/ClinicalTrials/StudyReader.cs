using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Reads one balanced JSON value: a study, <c>{"upsert": study}</c> or <c>{"gone": "NCT…"}</c>. Pure; a fault of the value is a reading, never an exception.</summary>
internal static class StudyReader
{
    private const string NoStudy = "it has no protocolSection.identificationModule.nctId";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = ValueScan.MaxDepth, AllowDuplicateProperties = false };

    public static Reading Read(ReadOnlyMemory<byte> value, long offset, DriftTally drift)
    {
        if (value.Span[0] != (byte)'{')
        {
            return new UnreadableRecord(null, $"This is no study but {StudyText.Describe(value.Span)}.", offset, value);
        }

        if (!Utf8.IsValid(value.Span))
        {
            return Refuse(value, offset, "it holds bytes that are not UTF-8");
        }

        if (EscapedText.HoldsHalfCharacter(value.Span))
        {
            return Refuse(value, offset, "it holds half a character (a lone surrogate)");
        }

        try
        {
            if (StudyMeasure.TooMuch(value.Span) is { } tooMuch)
            {
                return Refuse(value, offset, tooMuch);
            }

            using var document = JsonDocument.Parse(value, Strict);
            var root = document.RootElement;
            return root.TryGetProperty("gone", out var gone) ? ReadGone(root, gone, value, offset)
                : root.TryGetProperty("upsert", out var upsert) ? ReadWrapped(upsert, value, offset, drift)
                : ReadStudy(root, value, offset, drift);
        }
        catch (JsonException fault)
        {
            return Refuse(value, offset, StudyText.Sentence(fault));
        }
    }

    private static Reading ReadWrapped(JsonElement upsert, ReadOnlyMemory<byte> value, long offset, DriftTally drift)
    {
        var raw = JsonMarshal.GetRawUtf8Value(upsert);
        if (!value.Span.Overlaps(raw, out var at))
        {
            throw new InvalidOperationException("The wrapped study does not lie within its own bytes.");
        }

        return ReadStudy(upsert, value.Slice(at, raw.Length), offset + at, drift);
    }

    private static Reading ReadGone(JsonElement root, JsonElement gone, ReadOnlyMemory<byte> value, long offset) =>
        gone.ValueKind == JsonValueKind.String && NctId.TryParse(gone.GetString(), out var id)
            ? new ReadRecord(new DeletedRecord { NctId = id.Value }, CanonicalJson.HashOf(root), offset, value)
            : new UnreadableRecord(null, "The line says that a registration is gone, and names none.", offset, value);

    private static Reading ReadStudy(JsonElement root, ReadOnlyMemory<byte> value, long offset, DriftTally drift)
    {
        if (root.ValueKind != JsonValueKind.Object || root.Deserialize(StudyObjectContext.Default.StudyObject) is not { } study)
        {
            return Refuse(value, offset, NoStudy);
        }

        var given = study.ProtocolSection?.IdentificationModule?.NctId;
        if (!NctId.TryParse(given, out var id))
        {
            return given is null
                ? new UnreadableRecord(null, $"The study cannot be read: {NoStudy}{StudyText.SaysInstead(root)}.", offset, value)
                : new UnreadableRecord(null, $"The study cannot be read: '{StudyText.Short(given)}' is no NCT number.", offset, value);
        }

        var hash = CanonicalJson.HashOf(root);
        StudyDrift.Count(root, drift);
        return new ReadRecord(TrialOfStudy.Map(id, study, root, drift), hash, offset, value);
    }

    public static UnreadableRecord Refuse(ReadOnlyMemory<byte> value, long offset, string because) =>
        new(StudyText.FindId(value.Span), $"The study cannot be read: {because}.", offset, value);
}
