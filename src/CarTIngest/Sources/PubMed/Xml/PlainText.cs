using System.Text;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>Puts pieces of text together: every run of Unicode white space becomes one space, also across pieces, and the ends are trimmed.</summary>
internal sealed class PlainText
{
    private readonly StringBuilder text = new();
    private bool spaceDue;

    public static string Of(string? raw)
    {
        var plain = new PlainText();
        plain.Append(raw ?? "");
        return plain.Take();
    }

    public void Append(ReadOnlySpan<char> piece)
    {
        while (!piece.IsEmpty)
        {
            var word = 0;
            while (word < piece.Length && !char.IsWhiteSpace(piece[word]))
            {
                word++;
            }

            if (word > 0)
            {
                text.Append(spaceDue ? " " : "").Append(piece[..word]);
                spaceDue = false;
            }

            var next = word;
            while (next < piece.Length && char.IsWhiteSpace(piece[next]))
            {
                next++;
            }

            spaceDue |= next > word && text.Length > 0;
            piece = piece[next..];
        }
    }

    /// <summary>What was put together; the next text begins anew.</summary>
    public string Take()
    {
        var taken = text.ToString();
        text.Clear();
        spaceDue = false;
        return taken;
    }
}
