using System.Text;
using System.Text.Json;
using System.Xml;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

internal enum BodyForm
{
    Empty,
    Xml,
    Html,
    Json,
    Text,
}

internal enum EndTag
{
    Missing,
    Once,
    Repeated,
}

/// <summary>What kind of body came, looked at no further than needed.</summary>
/// <param name="Root">The root element of XML; else empty.</param>
/// <param name="Says">The words of its error, at whatever length; empty where it tells none.</param>
internal sealed record AnswerBody(BodyForm Form, string Root, string Says)
{
    private static readonly AnswerBody Nothing = new(BodyForm.Empty, "", "");

    public static AnswerBody Of(Answer answer)
    {
        var bytes = answer.Body.Span;
        bytes = (bytes is [0xef, 0xbb, 0xbf, ..] ? bytes[3..] : bytes).Trim(" \t\r\n"u8);
        if (bytes.IsEmpty)
        {
            return Nothing;
        }

        return bytes[0] switch
        {
            (byte)'{' => new AnswerBody(BodyForm.Json, "", JsonError(answer.Body)),
            (byte)'<' when IsHtml(bytes) => new AnswerBody(BodyForm.Html, "", HtmlErrorPage.Tell(bytes)),
            (byte)'<' => OfXml(answer.Body, bytes),
            _ => new AnswerBody(BodyForm.Text, "", Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 2000)])),
        };
    }

    /// <summary>Whether the bytes end with the root's end tag, and whether it stands there more than once.</summary>
    public static EndTag EndsWith(ReadOnlyMemory<byte> body, string root)
    {
        var bytes = body.Span.TrimEnd(" \t\r\n"u8);
        var tag = Encoding.UTF8.GetBytes($"</{root}>");
        return !bytes.EndsWith(tag) ? EndTag.Missing
            : bytes[..^tag.Length].IndexOf(tag) >= 0 ? EndTag.Repeated
            : EndTag.Once;
    }

    private static bool IsHtml(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 1000)]);
        return head.Contains("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) || head.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }

    // Errors stand directly under the root: <eSearchResult><ERROR>; outages were also seen as a bare <ERROR> document.
    private static AnswerBody OfXml(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> bytes)
    {
        var root = "";
        var errors = new List<string>();
        try
        {
            using var xml = EntrezXml.Open(body);
            while (xml.ReadOn())
            {
                if (xml.NodeType is not XmlNodeType.Element)
                {
                    continue;
                }

                root = xml.Depth == 0 ? xml.LocalName : root;
                if (root is "PubmedArticleSet")
                {
                    break;
                }

                if (xml.Depth <= 1 && xml.LocalName is "ERROR" or "Error" or "error")
                {
                    errors.Add(InnerText(xml));
                }
            }
        }
        catch (XmlException) when (root.Length > 0)
        {
            // Cut or damaged after its root: the endpoint's own reading tells how.
        }
        catch (XmlException)
        {
            return NoRoot(bytes);
        }

        return root.Length == 0 ? Nothing : new AnswerBody(BodyForm.Xml, root, string.Join(" ", errors));
    }

    // A prolog alone is an answer with nothing in it; anything else that starts like XML and has no root is told as the text it is.
    private static AnswerBody NoRoot(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 2000)]);
        return text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<!DOCTYPE", StringComparison.Ordinal)
            ? Nothing
            : new AnswerBody(BodyForm.Text, "", text);
    }

    /// <summary>The first <c>error</c> of a JSON answer. Such answers hold raw line breaks within strings, which JSON forbids.</summary>
    private static string JsonError(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 64 * 1024)]);
        var cleaned = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        try
        {
            using var json = JsonDocument.Parse(cleaned);
            return Find(json.RootElement) ?? cleaned;
        }
        catch (JsonException)
        {
            return cleaned;
        }
    }

    private static string? Find(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (member.Name.Equals("error", StringComparison.OrdinalIgnoreCase))
            {
                return member.Value.ToString();
            }

            if (Find(member.Value) is { } within)
            {
                return within;
            }
        }

        return null;
    }

    private static string InnerText(XmlReader xml)
    {
        var text = new StringBuilder();
        using var error = xml.ReadSubtree();
        while (error.ReadOn())
        {
            text.Append(error.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? error.Value : "");
        }

        return text.ToString();
    }
}
