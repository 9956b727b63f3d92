using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>A citation read once in the forms that comparing and blocking need.</summary>
internal sealed partial class PreparedCitation
{
    private static readonly HashSet<string> Romans = new(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], StringComparer.Ordinal);

    public PreparedCitation(Citation citation)
    {
        Citation = citation;
        Kind = WorkKinds.Of(citation);
        IsPreprint = WorkKinds.IsPreprint(citation);
        IsMeetingAbstract = WorkKinds.IsMeetingAbstract(citation);
        var title = Folded.Text(BareTitle(citation.Title));
        // A journal's name in the place of a title, and "unknown", are no title.
        Title = title is "unknown" or "untitled" or "no title" or "not available" || title == Folded.Text(citation.Journal) || title.Length < 3 ? "" : title;
        TitleWords = Title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        SortedTitleWords = [.. TitleWords.Order(StringComparer.Ordinal)];
        TitleNumbers = TitleWords.Where(word => Romans.Contains(word) || word.Any(char.IsAsciiDigit)).ToHashSet(StringComparer.Ordinal);
        Authors = [.. citation.Authors.Select(AuthorName.Of).Where(author => author.Surname.Length > 0)];
        Volume = Number().Match(citation.Volume ?? "") is { Success: true } volume ? volume.Value.TrimStart('0') : null;
        FirstPage = PageOf(citation.Pages, Volume);
        Doi = Records.Doi.TryParse(citation.Doi, out var doi) ? DoiVersion().Replace(doi.Value, "") : null;
    }

    public Citation Citation { get; }

    public WorkKind Kind { get; }

    public bool IsPreprint { get; }

    public bool IsMeetingAbstract { get; }

    public string Title { get; }

    public string[] TitleWords { get; }

    public string[] SortedTitleWords { get; }

    /// <summary>Words of the title that count or number something: <c>ii</c>, <c>2</c>, <c>9806</c>, <c>cd33</c>.</summary>
    public HashSet<string> TitleNumbers { get; }

    public AuthorName[] Authors { get; }

    public string? Volume { get; }

    public string? FirstPage { get; }

    /// <summary>In key form and without a version at its end: a preprint's second version is the same preprint.</summary>
    public string? Doi { get; }

    /// <summary>Sorted; empty where there is none to speak of. Made anew at every call, for few pairs need it and all of them would fill the memory.</summary>
    public string[] AbstractWords() => Citation.Abstract is { Length: > 100 } text ? [.. Folded.Words(text).Order(StringComparer.Ordinal)] : [];

    // "[Chinese]", "[abstract no: 134]", "[Erratum appears in …", "<ORIGINAL> …" are a database's notes, not the author's title; a title wholly in brackets is a translation and stays.
    private static string BareTitle(string title)
    {
        var plain = Markup().Replace(title, " ");
        var original = plain.IndexOf("<ORIGINAL>", StringComparison.OrdinalIgnoreCase);
        if (original > 0)
        {
            plain = plain[..original];
        }

        return Note().Replace(plain, " ");
    }

    // An article in press is numbered from 1 until it has a volume.
    private static string? PageOf(string? pages, string? volume)
    {
        var first = FirstPagePattern().Match(pages ?? "");
        var page = first.Success ? first.Value.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).TrimStart('0') : null;
        return page is "" || (page == "1" && volume is null) ? null : page;
    }

    // Also one that an export's limit cut before its end.
    [GeneratedRegex(@"(?<=.{10})\[[^\]]*(\]|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Note();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"[A-Za-z]{0,3} ?\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstPagePattern();

    [GeneratedRegex(@"((?<=^10\.(1101|21203|20944)/.*)[./]?v\d+$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DoiVersion();

    [GeneratedRegex(@"</?(sup|sub|i|b|em|strong|u)>|&(lt|gt|amp);/?(sup|sub|i|b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Markup();
}
