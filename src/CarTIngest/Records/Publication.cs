namespace CarTIngest.Records;

/// <summary>
/// A citation of PubMed, article or book, whole. Text is plain: inline markup is flattened to its characters, every run of Unicode
/// white space is one space, ends are trimmed. Source: PubMed DTD of 1 January 2025. Blind spot: nothing that PubMed's XML does not carry (full text).
/// </summary>
public sealed record Publication : SourceRecord
{
    public override string Kind => "publication";

    public override RecordId Id => Records.Pmid.TryParse(Pmid.ToString(System.Globalization.CultureInfo.InvariantCulture), out var pmid) ? RecordId.Of(pmid) : default;

    public required long Pmid { get; init; }

    /// <summary>PubMed's version of the citation, from 1. One PMID may have several; the highest counts.</summary>
    public int Version { get; init; } = 1;

    /// <summary>ArticleTitle; of a book without one, BookTitle. Empty where the source gives none.</summary>
    public string Title { get; init; } = "";

    public IReadOnlyList<AbstractSection> Abstract { get; init; } = [];

    public IReadOnlyList<OtherAbstract> OtherAbstracts { get; init; } = [];

    public string? VernacularTitle { get; init; }

    public string? Journal { get; init; }

    public string? Issn { get; init; }

    public string? Volume { get; init; }

    public string? Issue { get; init; }

    public string? Pages { get; init; }

    /// <summary>PubDate, as precise as the source; a season gives the year, a MedlineDate its first year and month.</summary>
    public PartialDate? Published { get; init; }

    /// <summary>The free text that stood in place of a date.</summary>
    public string? MedlineDate { get; init; }

    public IReadOnlyList<PublicationAuthor> Authors { get; init; } = [];

    /// <summary>First valid ELocationID, else ArticleIdList; lower case.</summary>
    public string? Doi { get; init; }

    public string? Pmcid { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<string> PublicationTypes { get; init; } = [];

    public IReadOnlyList<MeshHeading> Mesh { get; init; } = [];

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public IReadOnlyList<string> Chemicals { get; init; } = [];

    /// <summary>Accession numbers of every data bank, as written.</summary>
    public IReadOnlyList<string> RegistryNumbers { get; init; } = [];

    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>MedlineCitation/@Status; absent for books.</summary>
    public string? Status { get; init; }

    public bool Book { get; init; }

    public string? BookTitle { get; init; }

    public string? Publisher { get; init; }
}

/// <param name="Label">As printed, or absent; an empty label is absent.</param>
public sealed record AbstractSection(string? Label, string Text);

/// <param name="Type">Publisher, plain-language-summary, AAMC, …</param>
/// <param name="Language">Three letters; the DTD's default is eng.</param>
public sealed record OtherAbstract(string? Type, string Language, string Text);

/// <summary>A person (last name, the rest as far as given) or a group (collective).</summary>
public sealed record PublicationAuthor
{
    public string? Last { get; init; }

    public string? Fore { get; init; }

    public string? Initials { get; init; }

    public string? Suffix { get; init; }

    public string? Collective { get; init; }
}

/// <param name="Major">The descriptor's own MajorTopicYN, not its qualifiers'.</param>
public sealed record MeshHeading(string Descriptor, string? Ui, bool Major, IReadOnlyList<MeshQualifier> Qualifiers);

/// <param name="Major">The qualifier's own MajorTopicYN.</param>
public sealed record MeshQualifier(string Name, bool Major);

/// <summary>CommentsCorrections: an erratum, a retraction, an expression of concern, … The other record's PMID may be missing.</summary>
public sealed record Correction(string Type, long? Pmid, string? Citation);
