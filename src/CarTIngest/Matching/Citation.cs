using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// What any source says of one published work, as far as it helps to tell whether two say it of the same one. Absent is null or empty, never a guess.
/// Source: a <see cref="Publication"/>, or whatever another tool exported. Blind spot: two works of which both sources give only a title look the same.
/// </summary>
public sealed record Citation
{
    /// <summary>Names the citation among those compared; of a record its <see cref="RecordId"/>.</summary>
    public required string Key { get; init; }

    public string Title { get; init; } = "";

    /// <summary>In the order of the work; a person as <c>Last, Fore</c>, <c>Last FM</c> or <c>F. Last</c>, a group by its name.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    public int? Year { get; init; }

    public string? Journal { get; init; }

    public string? Volume { get; init; }

    public string? Issue { get; init; }

    public string? Pages { get; init; }

    /// <summary>As <see cref="Records.Doi"/> writes it; anything else counts as none.</summary>
    public string? Doi { get; init; }

    public long? Pmid { get; init; }

    public string? Abstract { get; init; }

    /// <summary>In PubMed's words, where the source has them: Preprint, Published Erratum, Comment, …</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public static Citation Of(Publication publication) => new()
    {
        Key = publication.Id.Text,
        Title = publication.Title,
        Authors = [.. publication.Authors.Select(Written)],
        Year = publication.Published?.Year,
        Journal = publication.Journal ?? publication.BookTitle,
        Volume = publication.Volume,
        Issue = publication.Issue,
        Pages = publication.Pages,
        Doi = publication.Doi,
        Pmid = publication.Pmid,
        Abstract = publication.Abstract.Count == 0 ? null : string.Join(' ', publication.Abstract.Select(section => section.Text)),
        Types = publication.PublicationTypes,
    };

    private static string Written(PublicationAuthor author) =>
        author.Collective ?? ((author.Fore ?? author.Initials) is { } given ? $"{author.Last}, {given}" : author.Last ?? "");
}
