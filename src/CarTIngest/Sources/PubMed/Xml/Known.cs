using System.Collections.Frozen;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// What PubMed's DTD of 1 January 2025 allows on the paths that are read, used or not, and what older records still carry (DateCreated until 2018,
/// Article/Affiliation until 2015, CitationString in books until 2019). Whatever else is met there is drift: the next January's DTD announcing itself.
/// </summary>
internal static class Known
{
    private const string Date = "Year Month Day Season MedlineDate";
    private const string Person = "LastName ForeName Initials Suffix CollectiveName Identifier AffiliationInfo FirstName MiddleName";
    private const string Citation = "PubmedArticle/MedlineCitation";
    private const string Document = "PubmedBookArticle/BookDocument";

    public static readonly KnownElement PubmedArticle = KnownElement.Of("PubmedArticle", "MedlineCitation PubmedData");

    public static readonly KnownElement MedlineCitation = KnownElement.Of(Citation, """
        PMID DateCreated DateCompleted DateRevised Article MedlineJournalInfo ChemicalList SupplMeshList CitationSubset CommentsCorrectionsList GeneSymbolList
        MeshHeadingList NumberOfReferences PersonalNameSubjectList OtherID OtherAbstract KeywordList CoiStatement SpaceFlightMission InvestigatorList GeneralNote
        """);

    public static readonly KnownElement Article = KnownElement.Of($"{Citation}/Article", """
        Journal ArticleTitle Pagination ELocationID Abstract Affiliation AuthorList Language DataBankList GrantList PublicationTypeList VernacularTitle ArticleDate
        """);

    public static readonly KnownElement Journal = KnownElement.Of($"{Article.Path}/Journal", "ISSN JournalIssue Title ISOAbbreviation");
    public static readonly KnownElement JournalIssue = KnownElement.Of($"{Journal.Path}/JournalIssue", "Volume Issue PubDate");
    public static readonly KnownElement ArticlePubDate = KnownElement.Of($"{JournalIssue.Path}/PubDate", Date);
    public static readonly KnownElement DataBankList = KnownElement.Of($"{Article.Path}/DataBankList", "DataBank");
    public static readonly KnownElement DataBank = KnownElement.Of($"{DataBankList.Path}/DataBank", "DataBankName AccessionNumberList");
    public static readonly KnownElement AccessionNumberList = KnownElement.Of($"{DataBank.Path}/AccessionNumberList", "AccessionNumber");
    public static readonly KnownElement PublicationTypeList = KnownElement.Of($"{Article.Path}/PublicationTypeList", "PublicationType");

    public static readonly KnownElement ChemicalList = KnownElement.Of($"{Citation}/ChemicalList", "Chemical");
    public static readonly KnownElement Chemical = KnownElement.Of($"{ChemicalList.Path}/Chemical", "RegistryNumber NameOfSubstance");
    public static readonly KnownElement CorrectionsList = KnownElement.Of($"{Citation}/CommentsCorrectionsList", "CommentsCorrections");
    public static readonly KnownElement Corrections = KnownElement.Of($"{CorrectionsList.Path}/CommentsCorrections", "RefSource PMID Note");
    public static readonly KnownElement MeshHeadingList = KnownElement.Of($"{Citation}/MeshHeadingList", "MeshHeading");
    public static readonly KnownElement MeshHeading = KnownElement.Of($"{MeshHeadingList.Path}/MeshHeading", "DescriptorName QualifierName");
    public static readonly KnownElement OtherAbstract = KnownElement.Of($"{Citation}/OtherAbstract", "AbstractText CopyrightInformation");

    public static readonly KnownElement PubmedData = KnownElement.Of("PubmedArticle/PubmedData", "History PublicationStatus ArticleIdList ObjectList ReferenceList");

    public static readonly KnownElement PubmedBookArticle = KnownElement.Of("PubmedBookArticle", "BookDocument PubmedBookData");

    public static readonly KnownElement BookDocument = KnownElement.Of(Document, """
        PMID ArticleIdList Book LocationLabel ArticleTitle VernacularTitle Pagination Language AuthorList InvestigatorList PublicationType Abstract Sections
        KeywordList ContributionDate DateRevised CitationString GrantList ItemList ReferenceList
        """);

    public static readonly KnownElement Book = KnownElement.Of($"{Document}/Book", """
        Publisher BookTitle PubDate BeginningDate EndingDate AuthorList InvestigatorList Volume VolumeTitle Edition CollectionTitle Isbn ELocationID Medium ReportNumber
        """);

    public static readonly KnownElement BookPubDate = KnownElement.Of($"{Book.Path}/PubDate", Date);
    public static readonly KnownElement Publisher = KnownElement.Of($"{Book.Path}/Publisher", "PublisherName PublisherLocation");
    public static readonly KnownElement PubmedBookData = KnownElement.Of("PubmedBookArticle/PubmedBookData", "History PublicationStatus ArticleIdList ObjectList");

    public static readonly KnownElement DeleteCitation = KnownElement.Of("DeleteCitation", "PMID");

    /// <summary>Met below an article and below a book alike; their paths begin at the element itself.</summary>
    public static readonly KnownElement Abstract = KnownElement.Of("Abstract", "AbstractText CopyrightInformation");
    public static readonly KnownElement ArticleIdList = KnownElement.Of("ArticleIdList", "ArticleId");
    public static readonly KnownElement AuthorList = KnownElement.Of("AuthorList", "Author");
    public static readonly KnownElement Author = KnownElement.Of("AuthorList/Author", Person);
    public static readonly KnownElement KeywordList = KnownElement.Of("KeywordList", "Keyword");
    public static readonly KnownElement Pagination = KnownElement.Of("Pagination", "StartPage EndPage MedlinePgn");

    /// <summary>Inline markup of text; MathML is known by its namespace, not by name.</summary>
    public static readonly FrozenSet<string> Inline = new[] { "b", "i", "sup", "sub", "u", "DispFormula" }.ToFrozenSet(StringComparer.Ordinal);

    public const string MathMl = "http://www.w3.org/1998/Math/MathML";

    public static readonly FrozenSet<string> Statuses =
        new[] { "Completed", "In-Process", "PubMed-not-MEDLINE", "In-Data-Review", "Publisher", "MEDLINE", "OLDMEDLINE" }.ToFrozenSet(StringComparer.Ordinal);

    public static readonly FrozenSet<string> CorrectionTypes = new[]
    {
        "AssociatedDataset", "AssociatedPublication", "CommentIn", "CommentOn", "CorrectedandRepublishedIn", "CorrectedandRepublishedFrom", "ErratumIn", "ErratumFor",
        "ExpressionOfConcernIn", "ExpressionOfConcernFor", "RepublishedIn", "RepublishedFrom", "RetractedandRepublishedIn", "RetractedandRepublishedFrom", "RetractionIn",
        "RetractionOf", "UpdateIn", "UpdateOf", "SummaryForPatientsIn", "OriginalReportIn", "ReprintIn", "ReprintOf", "Cites",
    }.ToFrozenSet(StringComparer.Ordinal);
}
