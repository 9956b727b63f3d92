using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace CarTIngest.Sources.Http;

/// <summary>
/// What an HTML page that came in place of data says to people: its title, its first heading, and the beginning of its text.
/// Blind spot: text that a script would write.
/// </summary>
public static class HtmlErrorPage
{
    /// <summary>Characters of the sentence at most.</summary>
    public const int Longest = 200;

    /// <summary>Bytes of the page that are looked at; what an error has to say stands at its head.</summary>
    private const int Read = 64 * 1024;

    /// <summary>One line of at most <see cref="Longest"/> characters; empty where the page says nothing. Never throws, whatever the bytes are.</summary>
    public static string Tell(ReadOnlySpan<byte> page)
    {
        var document = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page[..Math.Min(page.Length, Read)]));
        foreach (var unseen in document.QuerySelectorAll("script, style, noscript, template").ToList())
        {
            unseen.Remove();
        }

        string[] said = [document.Title ?? "", document.QuerySelector("h1, h2, h3")?.TextContent ?? "", document.Body?.TextContent ?? ""];
        var parts = new List<string>();
        foreach (var part in said.Select(OneLine).Where(part => part.Length > 0))
        {
            // The text repeats the heading, and the heading often the title.
            if (!parts.Contains(part, StringComparer.OrdinalIgnoreCase))
            {
                parts.Add(part);
            }
        }

        return Cut(string.Join(": ", parts));
    }

    /// <summary>Any text as one line of at most <see cref="Longest"/> characters.</summary>
    public static string Cut(string text)
    {
        var line = OneLine(text);
        if (line.Length <= Longest)
        {
            return line;
        }

        // Never half of a surrogate pair.
        var end = char.IsHighSurrogate(line[Longest - 2]) ? Longest - 2 : Longest - 1;
        return line[..end] + "…";
    }

    private static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
