using System.Buffers;
using System.Text;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>Puts pieces of text together: every run of Unicode white space becomes one space, also across pieces, and the ends are trimmed.</summary>
internal sealed class PlainText
{
    /// <summary>What grows longer is measured only: to collect it in pieces and then join them would hold it twice.</summary>
    public const int Longest = 1 << 16;

    private readonly StringBuilder text = new();
    private bool spaceDue;

    /// <summary>Characters put together so far.</summary>
    public int Length { get; private set; }

    public bool OnlyMeasured => Length > Longest;

    public static string Of(string? raw)
    {
        var plain = new PlainText();
        plain.Append(raw ?? "");
        return plain.Take();
    }

    public void Append(ReadOnlySpan<char> piece)
    {
        var flat = ArrayPool<char>.Shared.Rent(piece.Length + 1);
        var count = Flatten(piece, flat);
        if (OnlyMeasured)
        {
            text.Clear();
        }
        else
        {
            text.Append(flat, 0, count);
        }

        ArrayPool<char>.Shared.Return(flat);
    }

    /// <summary>Writes what the piece adds to the text.</summary>
    /// <param name="to">Takes at most one character more than the piece has.</param>
    /// <returns>How many characters were written.</returns>
    public int Flatten(ReadOnlySpan<char> piece, Span<char> to)
    {
        var written = 0;
        while (!piece.IsEmpty)
        {
            var word = 0;
            while (word < piece.Length && !char.IsWhiteSpace(piece[word]))
            {
                word++;
            }

            if (word > 0)
            {
                if (spaceDue)
                {
                    to[written++] = ' ';
                    spaceDue = false;
                }

                piece[..word].CopyTo(to[written..]);
                written += word;
            }

            var next = word;
            while (next < piece.Length && char.IsWhiteSpace(piece[next]))
            {
                next++;
            }

            spaceDue |= next > word && Length + written > 0;
            piece = piece[next..];
        }

        Length += written;
        return written;
    }

    /// <summary>What was put together, or nothing where it was only measured; the next text begins anew.</summary>
    public string Take()
    {
        var taken = text.ToString();
        text.Clear();
        spaceDue = false;
        Length = 0;
        return taken;
    }
}
