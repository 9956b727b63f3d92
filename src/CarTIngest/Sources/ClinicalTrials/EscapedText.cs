using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// Walks over the inside of a JSON text (valid, UTF-8, without its quotes): runs as they stand, and one character for each escape. Needs no memory
/// of its own, however long the text.
/// </summary>
internal ref struct EscapedText(ReadOnlySpan<byte> raw)
{
    private const byte Escape = (byte)'\\';
    private const int UnicodeEscape = 6;

    private ReadOnlySpan<byte> rest = raw;

    /// <summary>Bytes without an escape; empty where the walk stands on one.</summary>
    public ReadOnlySpan<byte> Run { get; private set; }

    /// <summary>The character that the escape means.</summary>
    public Rune Character { get; private set; }

    /// <summary>The whole text as it is meant, without a copy beside it.</summary>
    /// <exception cref="JsonException">It holds a lone surrogate.</exception>
    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        var length = 0;
        for (var walk = new EscapedText(raw); walk.MoveNext();)
        {
            length += walk.Run.IsEmpty ? walk.Character.Utf16SequenceLength : Encoding.UTF8.GetCharCount(walk.Run);
        }

        return string.Create(length, raw, static (text, raw) =>
        {
            for (var walk = new EscapedText(raw); walk.MoveNext();)
            {
                text = text[(walk.Run.IsEmpty ? walk.Character.EncodeToUtf16(text) : Encoding.UTF8.GetChars(walk.Run, text))..];
            }
        });
    }

    /// <summary>Whether an escape in a JSON value stands for half a character. Escapes that are none, or are cut, are left to the parser.</summary>
    public static bool HoldsHalfCharacter(ReadOnlySpan<byte> value)
    {
        while (value.IndexOf(Escape) is >= 0 and var at && at + 1 < value.Length)
        {
            value = value[at..];
            if (value[1] != (byte)'u')
            {
                value = value[2..];
                continue;
            }

            var unit = UnitAt(value);
            var paired = unit is { } high && char.IsHighSurrogate(high) && UnitAt(value[UnicodeEscape..]) is { } low && char.IsLowSurrogate(low);
            if (unit is { } half && char.IsSurrogate(half) && !paired)
            {
                return true;
            }

            value = value[(unit is null ? 2 : paired ? 2 * UnicodeEscape : UnicodeEscape)..];
        }

        return false;
    }

    /// <exception cref="JsonException">The next escape is a lone surrogate, or none.</exception>
    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var plain = rest.IndexOf(Escape);
        Run = plain < 0 ? rest : rest[..plain];
        rest = rest[Run.Length..];
        if (Run.IsEmpty)
        {
            Character = TakeEscape();
        }

        return true;
    }

    private Rune TakeEscape()
    {
        var sign = rest.Length > 1 ? rest[1] : (byte)0;
        if (sign != (byte)'u')
        {
            rest = rest[Math.Min(2, rest.Length)..];
            return new Rune(sign switch
            {
                (byte)'"' or (byte)'\\' or (byte)'/' => (char)sign,
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => throw new JsonException("it holds an escape that is none"),
            });
        }

        var unit = UnitAt(rest) ?? throw new JsonException("it holds an escape that is none");
        rest = rest[UnicodeEscape..];
        if (!char.IsSurrogate(unit))
        {
            return new Rune(unit);
        }

        if (!char.IsHighSurrogate(unit) || UnitAt(rest) is not { } low || !char.IsLowSurrogate(low))
        {
            throw new JsonException("it holds half a character (a lone surrogate)");
        }

        rest = rest[UnicodeEscape..];
        return new Rune(unit, low);
    }

    private static char? UnitAt(ReadOnlySpan<byte> escape) =>
        escape.Length >= UnicodeEscape && escape[0] == Escape && escape[1] == (byte)'u'
        && ushort.TryParse(escape[2..UnicodeEscape], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
