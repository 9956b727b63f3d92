using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>A publication while its parts are read. Where the source gives one thing in several places, each place is kept until all is read.</summary>
internal sealed class PublicationDraft
{
    public Pmid? Pmid { get; set; }

    /// <summary>What stands where the PMID should.</summary>
    public string? PmidText { get; set; }

    public int Version { get; set; } = 1;

    public bool Book { get; set; }

    public string? Title { get; set; }

    public string? VernacularTitle { get; set; }

    public string? BookTitle { get; set; }

    public string? Publisher { get; set; }

    public string? Journal { get; set; }

    public string? Issn { get; set; }

    public string? Volume { get; set; }

    public string? Issue { get; set; }

    public string? Pages { get; set; }

    public string? Status { get; set; }

    public PubDate? Date { get; set; }

    public string? LocationDoi { get; set; }

    public string? ListedDoi { get; set; }

    public string? Pmcid { get; set; }

    public List<AbstractSection> Abstract { get; } = [];

    public List<OtherAbstract> OtherAbstracts { get; } = [];

    public AuthorLists Authors { get; } = new();

    public List<string> Languages { get; } = [];

    public List<string> PublicationTypes { get; } = [];

    public List<MeshHeading> Mesh { get; } = [];

    public List<string> Keywords { get; } = [];

    public List<string> Chemicals { get; } = [];

    public List<string> RegistryNumbers { get; } = [];

    public List<Correction> Corrections { get; } = [];

    public Publication Finish(Pmid pmid) => new()
    {
        Pmid = pmid.Value,
        Version = Version,
        Title = Title is { Length: > 0 } title ? title : BookTitle ?? "",
        Abstract = Abstract,
        OtherAbstracts = OtherAbstracts,
        VernacularTitle = VernacularTitle,
        Journal = Journal,
        Issn = Issn,
        Volume = Volume,
        Issue = Issue,
        Pages = Pages,
        Published = Date?.Date,
        MedlineDate = Date?.MedlineDate,
        Authors = Authors.Chosen,
        Doi = LocationDoi ?? ListedDoi,
        Pmcid = Pmcid,
        Languages = Languages,
        PublicationTypes = PublicationTypes,
        Mesh = Mesh,
        Keywords = Keywords,
        Chemicals = Chemicals,
        RegistryNumbers = RegistryNumbers,
        Corrections = Corrections,
        Status = Status,
        Book = Book,
        BookTitle = BookTitle,
        Publisher = Publisher,
    };
}
