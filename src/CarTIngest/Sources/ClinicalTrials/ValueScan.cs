using System.Buffers;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Why a scan paused.</summary>
internal enum ScanStop
{
    /// <summary>More bytes are needed.</summary>
    Starved,

    /// <summary>The value is whole: as many brackets closed as opened.</summary>
    Whole,

    /// <summary>The value is an envelope, and its array of studies begins here.</summary>
    StudiesBegin,

    /// <summary>The value never ended, and the next record begins here.</summary>
    NextBegins,
}

/// <summary>
/// Follows one JSON value by its brackets, over UTF-8 and without decoding: aware of strings and escapes, of nothing else. Positions count
/// from the value's first byte. Blind spot: <c>{"a":[}</c> counts as one still open; the next record's beginning ends it.
/// </summary>
internal struct ValueScan
{
    /// <summary>Brackets deeper than this make a value unreadable.</summary>
    public const int MaxDepth = 256;

    /// <summary>So many bytes must stay before the position when a long value is dropped piecemeal.</summary>
    public const int LookBack = 64;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[]\""u8);

    private int depth;
    private bool inString;
    private bool rebased;
    private int nameStart;
    private int nameEnd;

    /// <summary>A scan that stands inside an object already, as after the array of an envelope.</summary>
    public static ValueScan InsideObject => new() { depth = 1, rebased = true };

    public int Position { get; private set; }

    public bool TooDeep { get; private set; }

    /// <summary>The value's first bytes were dropped.</summary>
    public void Dropped(int count)
    {
        Position -= count;
        nameStart -= count;
        nameEnd -= count;
        rebased = true;
    }

    public ScanStop Advance(ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var rest = value[Position..];
            var next = inString ? rest.IndexOfAny((byte)'"', (byte)'\\') : rest.IndexOfAny(Structure);
            if (next < 0)
            {
                Position = value.Length;
                return ScanStop.Starved;
            }

            Position += next;
            var stop = inString ? InString(value) : Outside(value);
            if (stop is { } why)
            {
                return why;
            }
        }
    }

    private ScanStop? InString(ReadOnlySpan<byte> value)
    {
        if (value[Position] == (byte)'\\')
        {
            if (Position + 1 == value.Length)
            {
                return ScanStop.Starved;
            }

            Position += 2;
            return null;
        }

        if (RecordBeginsAtQuote(value) is { } why)
        {
            return why;
        }

        inString = false;
        if (depth == 1)
        {
            nameEnd = Position;
        }

        Position++;
        return depth == 0 ? ScanStop.Whole : null;
    }

    private ScanStop? Outside(ReadOnlySpan<byte> value)
    {
        switch (value[Position])
        {
            case (byte)'"':
                if (RecordBeginsAtQuote(value) is { } why)
                {
                    return why;
                }

                inString = true;
                if (depth == 1)
                {
                    nameStart = Position + 1;
                }

                break;
            case (byte)'[' when depth == 1 && LastNameIs(value, "studies"u8):
                Position++;
                return ScanStop.StudiesBegin;
            case (byte)'{' or (byte)'[':
                depth++;
                TooDeep |= depth > MaxDepth;
                break;
            default:
                depth--;
                if (depth <= 0)
                {
                    Position++;
                    return ScanStop.Whole;
                }

                break;
        }

        Position++;
        return null;
    }

    /// <summary>Whether the quote at the position is the first of a record that may not stand here; then the position goes back to its bracket.</summary>
    private ScanStop? RecordBeginsAtQuote(ReadOnlySpan<byte> value)
    {
        if (Position == 0 || value[Position - 1] is not ((byte)'{' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            return null;
        }

        var bracket = value[..Position].TrimEnd(" \t\r\n"u8).Length - 1;
        if (bracket < 0 || value[bracket] != (byte)'{' || (bracket == 0 && !rebased))
        {
            return null;
        }

        switch (RecordStart.IsFirstMember(value[(Position + 1)..]))
        {
            case null:
                return ScanStop.Starved;
            // Only {"upsert": study} holds a record inside a record.
            case true when inString || depth != 2 || !LastNameIs(value, "upsert"u8):
                Position = bracket;
                return ScanStop.NextBegins;
            default:
                return null;
        }
    }

    private readonly bool LastNameIs(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name) =>
        nameStart > 0 && nameEnd > nameStart && value[nameStart..nameEnd].SequenceEqual(name);
}
