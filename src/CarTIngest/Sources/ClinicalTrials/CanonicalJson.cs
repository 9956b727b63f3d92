using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// The hash of what a study says: SHA-256 over its JSON without white space, members in the order of their names' UTF-8 bytes, numbers as written, text
/// by its value. Left out: derivedSection.miscInfoModule.versionHolder, which moves with the data set and not with the study. Lists stay
/// in the order given: order carries meaning in them (arms, outcomes, sites), and a reordered list is a revision that people should see.
/// </summary>
internal static class CanonicalJson
{
    private static readonly string[] LeftOut = ["derivedSection", "miscInfoModule", "versionHolder"];

    private static readonly SearchValues<byte> MustEscape = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <exception cref="JsonException">Text that holds half a character (a lone surrogate escape).</exception>
    public static ContentHash HashOf(JsonElement study)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var canonical = new ArrayBufferWriter<byte>(16 * 1024);
        Write(study, LeftOut, canonical, hash);
        hash.AppendData(canonical.WrittenSpan);
        return ContentHash.Of(hash);
    }

    private static void Write(JsonElement value, ReadOnlySpan<string> leftOut, ArrayBufferWriter<byte> to, IncrementalHash hash)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, leftOut, to, hash);
                break;
            case JsonValueKind.Array:
                var separator = "["u8;
                foreach (var element in value.EnumerateArray())
                {
                    to.Write(separator);
                    separator = ","u8;
                    Write(element, [], to, hash);
                }

                to.Write(separator[0] == (byte)'[' ? "[]"u8 : "]"u8);
                break;
            case JsonValueKind.String:
                WriteText(value, JsonMarshal.GetRawUtf8Value(value), to);
                break;
            default:
                to.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }

        if (to.WrittenCount > 64 * 1024)
        {
            hash.AppendData(to.WrittenSpan);
            to.ResetWrittenCount();
        }
    }

    private static void WriteObject(JsonElement value, ReadOnlySpan<string> leftOut, ArrayBufferWriter<byte> to, IncrementalHash hash)
    {
        var members = ArrayPool<JsonProperty>.Shared.Rent(value.GetPropertyCount());
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            if (leftOut is not [var name] || !member.NameEquals(name))
            {
                members[count++] = member;
            }
        }

        members.AsSpan(0, count).Sort(ByName);
        to.Write("{"u8);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                to.Write(","u8);
            }

            WriteName(members[i], to);
            to.Write(":"u8);
            Write(members[i].Value, leftOut.Length > 1 && members[i].NameEquals(leftOut[0]) ? leftOut[1..] : [], to, hash);
        }

        to.Write("}"u8);
        ArrayPool<JsonProperty>.Shared.Return(members, clearArray: true);
    }

    private static int ByName(JsonProperty one, JsonProperty other)
    {
        var a = JsonMarshal.GetRawUtf8PropertyName(one);
        var b = JsonMarshal.GetRawUtf8PropertyName(other);
        return a.Contains((byte)'\\') || b.Contains((byte)'\\')
            ? System.Text.Encoding.UTF8.GetBytes(one.Name).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other.Name))
            : a.SequenceCompareTo(b);
    }

    private static void WriteName(JsonProperty member, ArrayBufferWriter<byte> to)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        to.Write("\""u8);
        if (raw.Contains((byte)'\\'))
        {
            WriteEscaped(member.Name, to);
        }
        else
        {
            to.Write(raw);
        }

        to.Write("\""u8);
    }

    private static void WriteText(JsonElement value, ReadOnlySpan<byte> raw, ArrayBufferWriter<byte> to)
    {
        if (!raw.Contains((byte)'\\'))
        {
            to.Write(raw);
            return;
        }

        to.Write("\""u8);
        try
        {
            WriteEscaped(value.GetString()!, to);
        }
        catch (InvalidOperationException halfCharacter)
        {
            throw new JsonException("it holds half a character (a lone surrogate)", halfCharacter);
        }

        to.Write("\""u8);
    }

    /// <summary>Escapes no more than JSON asks for, so that a text reads the same however its source escaped it.</summary>
    private static void WriteEscaped(string text, ArrayBufferWriter<byte> to)
    {
        var most = System.Text.Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(most);
        ReadOnlySpan<byte> rest = rented.AsSpan(0, System.Text.Encoding.UTF8.GetBytes(text, rented));
        for (var at = rest.IndexOfAny(MustEscape); at >= 0; at = rest.IndexOfAny(MustEscape))
        {
            to.Write(rest[..at]);
            var escaped = to.GetSpan(6);
            if (rest[at] is (byte)'"' or (byte)'\\')
            {
                escaped[0] = (byte)'\\';
                escaped[1] = rest[at];
                to.Advance(2);
            }
            else
            {
                "\\u00"u8.CopyTo(escaped);
                escaped[4] = "0123456789abcdef"u8[rest[at] >> 4];
                escaped[5] = "0123456789abcdef"u8[rest[at] & 15];
                to.Advance(6);
            }

            rest = rest[(at + 1)..];
        }

        to.Write(rest);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
