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

    private const int Staged = 64 * 1024;

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
                // Between its quotes.
                WriteText(JsonMarshal.GetRawUtf8Value(value)[1..^1], to, hash);
                break;
            default:
                to.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }

        if (to.WrittenCount > Staged)
        {
            Flush(to, hash);
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

            WriteText(JsonMarshal.GetRawUtf8PropertyName(members[i]), to, hash);
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
            ? System.Text.Encoding.UTF8.GetBytes(EscapedText.Unescape(a)).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(EscapedText.Unescape(b)))
            : a.SequenceCompareTo(b);
    }

    /// <summary>Escapes no more than JSON asks for, so that a text reads the same however its source escaped it.</summary>
    /// <param name="raw">As the source wrote it, without its quotes.</param>
    private static void WriteText(ReadOnlySpan<byte> raw, ArrayBufferWriter<byte> to, IncrementalHash hash)
    {
        to.Write("\""u8);
        for (var walk = new EscapedText(raw); walk.MoveNext();)
        {
            if (walk.Run.Length > Staged)
            {
                Flush(to, hash);
                hash.AppendData(walk.Run);
            }
            else if (!walk.Run.IsEmpty)
            {
                to.Write(walk.Run);
            }
            else
            {
                WriteCharacter(walk.Character, to);
            }

            if (to.WrittenCount > Staged)
            {
                Flush(to, hash);
            }
        }

        to.Write("\""u8);
    }

    private static void WriteCharacter(System.Text.Rune character, ArrayBufferWriter<byte> to)
    {
        var bytes = to.GetSpan(6);
        if (character.Value is '"' or '\\')
        {
            bytes[0] = (byte)'\\';
            bytes[1] = (byte)character.Value;
            to.Advance(2);
        }
        else if (character.Value < 0x20)
        {
            "\\u00"u8.CopyTo(bytes);
            bytes[4] = "0123456789abcdef"u8[character.Value >> 4];
            bytes[5] = "0123456789abcdef"u8[character.Value & 15];
            to.Advance(6);
        }
        else
        {
            to.Advance(character.EncodeToUtf8(bytes));
        }
    }

    private static void Flush(ArrayBufferWriter<byte> staged, IncrementalHash hash)
    {
        hash.AppendData(staged.WrittenSpan);
        staged.ResetWrittenCount();
    }
}
