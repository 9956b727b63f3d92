using System.Buffers;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>A child of a document's root: where it begins and ends, as bytes of the file.</summary>
internal readonly record struct XmlSlice(string Name, int Start, int End);

/// <summary>
/// Cuts a document into the children of its root without touching a byte of them, which no XML reader can give back.
/// It looks at tags only (UTF-8 keeps ASCII bytes to themselves); whether a slice is well formed its reader must say.
/// </summary>
internal ref struct XmlRecordSplitter(ReadOnlySpan<byte> document)
{
    private static readonly SearchValues<byte> EndsOfName = SearchValues.Create(" \t\r\n/>"u8);

    private readonly ReadOnlySpan<byte> document = document;
    private int position;

    /// <summary>The root's name, or empty when no tag was seen.</summary>
    public string Root { get; private set; } = "";

    /// <summary>A second root follows: documents glued together.</summary>
    public bool HasTrailingElement { get; private set; }

    /// <summary>The children in order, or null when the document ends before its root does.</summary>
    public List<XmlSlice>? Split()
    {
        var slices = new List<XmlSlice>();
        var (depth, start, name, ended) = (0, 0, "", false);
        while (!ended && NextMarkup())
        {
            var at = position;
            if (SkipNonElement())
            {
                continue;
            }

            var closes = document[at..].StartsWith("</"u8);
            if (!SkipTag(out var empty))
            {
                return null;
            }

            if (!closes && depth == 0)
            {
                Root = NameAt(at + 1);
            }
            else if (!closes && depth == 1)
            {
                (start, name) = (at, NameAt(at + 1));
            }

            depth += closes ? -1 : empty ? 0 : 1;
            if (depth == 1 && start > 0 && (closes || empty))
            {
                slices.Add(new XmlSlice(name, start, position));
            }

            ended = depth == 0;
        }

        while (ended && !HasTrailingElement && NextMarkup())
        {
            HasTrailingElement = !SkipNonElement();
        }

        return ended ? slices : null;
    }

    private bool NextMarkup()
    {
        var next = document[position..].IndexOf((byte)'<');
        position = next < 0 ? document.Length : position + next;
        return next >= 0;
    }

    private bool SkipNonElement()
    {
        var rest = document[position..];
        return rest.StartsWith("<!--"u8) ? SkipPast("-->"u8)
            : rest.StartsWith("<![CDATA["u8) ? SkipPast("]]>"u8)
            : rest.StartsWith("<?"u8) ? SkipPast("?>"u8)
            : rest.StartsWith("<!"u8) && (rest[..Math.Max(rest.IndexOf((byte)'>'), 0)].Contains((byte)'[') ? SkipPast("]>"u8) : SkipPast(">"u8));
    }

    private bool SkipPast(ReadOnlySpan<byte> end)
    {
        var found = document[position..].IndexOf(end);
        position = found < 0 ? document.Length : position + found + end.Length;
        return true;
    }

    private bool SkipTag(out bool empty)
    {
        byte quote = 0;
        for (var i = position; i < document.Length; i++)
        {
            var c = document[i];
            if (quote != 0)
            {
                quote = c == quote ? (byte)0 : quote;
            }
            else if (c is (byte)'"' or (byte)'\'')
            {
                quote = c;
            }
            else if (c == (byte)'>')
            {
                empty = document[i - 1] == (byte)'/';
                position = i + 1;
                return true;
            }
        }

        empty = false;
        return false;
    }

    private readonly string NameAt(int start)
    {
        var rest = document[start..];
        var end = rest.IndexOfAny(EndsOfName);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
