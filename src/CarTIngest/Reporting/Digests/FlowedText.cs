using System.Text;

namespace CarTIngest.Reporting.Digests;

/// <summary>
/// Plain text of at most 72 columns as RFC 3676 has it (format=flowed): a line that ends in a space goes on in the next, so that a wide window shows whole paragraphs and an old reader short lines.
/// </summary>
public static class FlowedText
{
    public const int Columns = 72;

    /// <param name="text">A paragraph a line.</param>
    /// <returns>Lines that end in LF. A word longer than a line, such as an address, stays whole.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var flowed = new StringBuilder();
        foreach (var paragraph in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            // Such a line divides the text from its signature, and stays as it is.
            AppendParagraph(flowed, paragraph == "-- " ? paragraph : paragraph.TrimEnd());
        }

        return flowed.ToString();
    }

    /// <summary>The same as people read it on a terminal.</summary>
    public static string Plain(string text) => string.Join('\n', Of(text).Split('\n').Select(line => line.TrimEnd()));

    private static void AppendParagraph(StringBuilder flowed, string paragraph)
    {
        var words = paragraph == "-- " ? [paragraph] : paragraph.Split(' ');
        var line = new StringBuilder();
        foreach (var word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Columns - 1)
            {
                AppendLine(flowed, line.Append(' '));
            }
            else if (line.Length > 0)
            {
                line.Append(' ');
            }

            line.Append(word);
        }

        AppendLine(flowed, line);
    }

    /// <summary>A line that begins in a space, a quote's mark or From is told apart by one space more, which readers take away.</summary>
    private static void AppendLine(StringBuilder flowed, StringBuilder line)
    {
        var text = line.ToString();
        var stuffed = text.StartsWith(' ') || text.StartsWith('>') || text.StartsWith("From ", StringComparison.Ordinal);
        flowed.Append(stuffed ? " " : "").Append(text).Append('\n');
        line.Clear();
    }
}
