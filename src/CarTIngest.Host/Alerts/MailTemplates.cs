using System.Reflection;
using CarTIngest.Reporting.Digests;
using Ganss.Xss;
using Stubble.Core;
using Stubble.Core.Builders;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// Turns a digest into text and HTML by the templates beside this file. In HTML every value is encoded where it is put in; what comes out is made safe once more, so that neither a record nor a template can bring in
/// anything but text and links.
/// </summary>
public sealed class MailTemplates
{
    private static readonly string[] Tags = ["p", "h2", "div", "strong", "b", "a", "br", "span", "ul", "li", "hr"];

    private readonly StubbleVisitorRenderer renderer = new StubbleBuilder().Build();
    private readonly HtmlSanitizer safe = Strict();
    private readonly string text = Read("letter.txt.mustache");
    private readonly string html = Read("letter.html.mustache");
    private readonly string page = Read("page.html.mustache");

    /// <param name="footer">Why it came, and how to end it.</param>
    public LetterText Write(Digest digest, IReadOnlyList<DigestLine> footer)
    {
        ArgumentNullException.ThrowIfNull(digest);
        var view = LetterView.Of(digest, footer);
        var body = safe.Sanitize(renderer.Render(html, view));
        return new LetterText(digest.Subject, renderer.Render(text, view).ReplaceLineEndings("\n"), renderer.Render(page, new { digest.Subject, Body = body }).ReplaceLineEndings("\n"));
    }

    private static HtmlSanitizer Strict()
    {
        var strict = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "class" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https", "http" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        strict.KeepChildNodes = true;
        return strict;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <param name="Text">Complete by itself, a paragraph a line.</param>
public sealed record LetterText(string Subject, string Text, string Html);
