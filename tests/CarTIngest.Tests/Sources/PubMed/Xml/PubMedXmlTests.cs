using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class PubMedXmlTests
{
    private const string Whole = """
        <PubmedArticle>
          <MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Automated">
            <PMID Version="2">99000001</PMID>
            <DateRevised><Year>2026</Year><Month>02</Month><Day>03</Day></DateRevised>
            <Article PubModel="Print">
              <Journal>
                <ISSN IssnType="Electronic">1234-567X</ISSN>
                <JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue><PubDate><Year>2026</Year><Month>Jan</Month><Day>5</Day></PubDate></JournalIssue>
                <Title>The Journal of Invented Cells</Title><ISOAbbreviation>J Inv Cells</ISOAbbreviation>
              </Journal>
              <ArticleTitle>CD33 <i>and</i> CD123</ArticleTitle>
              <Pagination><StartPage>100</StartPage><EndPage>108</EndPage><MedlinePgn>100-8</MedlinePgn></Pagination>
              <ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>
              <ELocationID EIdType="doi" ValidYN="Y">10.5555/Cells.1</ELocationID>
              <Abstract>
                <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Few cells.</AbstractText>
                <AbstractText Label="">Many cells.</AbstractText>
                <CopyrightInformation>© Nobody</CopyrightInformation>
              </Abstract>
              <AuthorList CompleteYN="Y">
                <Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Ada B</ForeName><Initials>AB</Initials><Suffix>Jr</Suffix></Author>
                <Author ValidYN="N"><LastName>Roe</LastName></Author>
                <Author><CollectiveName>Invented <b>Cell</b> Group</CollectiveName></Author>
              </AuthorList>
              <Language>ger</Language><Language>eng</Language>
              <DataBankList CompleteYN="Y">
                <DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT99999901</AccessionNumber><AccessionNumber>NCT99999902</AccessionNumber></AccessionNumberList></DataBank>
                <DataBank><DataBankName>ISRCTN</DataBankName></DataBank>
                <DataBank><DataBankName>ISRCTN</DataBankName><AccessionNumberList><AccessionNumber>ISRCTN99</AccessionNumber><AccessionNumber>NCT99999901</AccessionNumber></AccessionNumberList></DataBank>
              </DataBankList>
              <GrantList CompleteYN="Y"><Grant><GrantID>1</GrantID><Agency>None</Agency><Country>Nowhere</Country></Grant></GrantList>
              <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType><PublicationType UI="D017427">Clinical Trial, Phase I</PublicationType></PublicationTypeList>
              <VernacularTitle>CD33 und CD123.</VernacularTitle>
              <ArticleDate DateType="Electronic"><Year>2025</Year><Month>12</Month><Day>31</Day></ArticleDate>
            </Article>
            <MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Inv Cells</MedlineTA></MedlineJournalInfo>
            <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D1">Receptors, Invented</NameOfSubstance></Chemical></ChemicalList>
            <CommentsCorrectionsList>
              <CommentsCorrections RefType="RetractionIn"><RefSource>J Inv Cells. 2026;13:1</RefSource><PMID Version="1">99000009</PMID></CommentsCorrections>
              <CommentsCorrections RefType="ErratumIn"><RefSource>J Inv Cells. 2026;13:2</RefSource></CommentsCorrections>
            </CommentsCorrectionsList>
            <MeshHeadingList>
              <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
              <MeshHeading><DescriptorName UI="D015470">Leukemia, Myeloid, Acute</DescriptorName><QualifierName UI="Q000628" MajorTopicYN="Y">therapy</QualifierName><QualifierName UI="Q1">blood</QualifierName></MeshHeading>
              <MeshHeading><DescriptorName UI="D2" MajorTopicYN="Y">Cells</DescriptorName></MeshHeading>
            </MeshHeadingList>
            <OtherAbstract Type="Publisher" Language="ger"><AbstractText Label="ZIEL">Wenige Zellen.</AbstractText><AbstractText>Viele Zellen.</AbstractText></OtherAbstract>
            <OtherAbstract Type="plain-language-summary"><AbstractText>Cells.</AbstractText></OtherAbstract>
            <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">CAR-T</Keyword></KeywordList>
            <KeywordList Owner="NLM"><Keyword>acute <i>myeloid</i> leukemia</Keyword><Keyword/></KeywordList>
          </MedlineCitation>
          <PubmedData>
            <History><PubMedPubDate PubStatus="entrez"><Year>2026</Year><Month>1</Month><Day>6</Day></PubMedPubDate></History>
            <PublicationStatus>ppublish</PublicationStatus>
            <ArticleIdList><ArticleId>99000001</ArticleId><ArticleId IdType="doi">10.5555/other</ArticleId><ArticleId IdType="pmc">PMC99000001</ArticleId></ArticleIdList>
            <ReferenceList><Reference><Citation>Cited</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/cited</ArticleId></ArticleIdList></Reference></ReferenceList>
          </PubmedData>
        </PubmedArticle>
        """;

    [Fact]
    public async Task Reads_every_field_of_an_article()
    {
        var line = RecordJson.Write(await Fixture.OnlyAsync(Whole));
        using var wanted = JsonDocument.Parse("""
            {"kind":"publication","id":"pmid:99000001","pmid":99000001,"version":2,"title":"CD33 and CD123",
             "abstract":[{"label":"BACKGROUND","text":"Few cells."},{"text":"Many cells."}],
             "otherAbstracts":[{"type":"Publisher","language":"ger","text":"Wenige Zellen. Viele Zellen."},{"type":"plain-language-summary","language":"eng","text":"Cells."}],
             "vernacularTitle":"CD33 und CD123.","journal":"The Journal of Invented Cells","issn":"1234-567X","volume":"12","issue":"3","pages":"100-8","published":"2026-01-05",
             "authors":[{"last":"Doe","fore":"Ada B","initials":"AB","suffix":"Jr"},{"last":"Roe"},{"collective":"Invented Cell Group"}],
             "doi":"10.5555/cells.1","pmcid":"PMC99000001","languages":["ger","eng"],"publicationTypes":["Journal Article","Clinical Trial, Phase I"],
             "mesh":[{"descriptor":"Humans","ui":"D006801","major":false,"qualifiers":[]},
                     {"descriptor":"Leukemia, Myeloid, Acute","ui":"D015470","major":false,"qualifiers":[{"name":"therapy","major":true},{"name":"blood","major":false}]},
                     {"descriptor":"Cells","ui":"D2","major":true,"qualifiers":[]}],
             "keywords":["CAR-T","acute myeloid leukemia"],"chemicals":["Receptors, Invented"],"registryNumbers":["NCT99999901","NCT99999902","ISRCTN99"],
             "corrections":[{"type":"RetractionIn","pmid":99000009,"citation":"J Inv Cells. 2026;13:1"},{"type":"ErratumIn","citation":"J Inv Cells. 2026;13:2"}],
             "status":"MEDLINE","book":false}
            """);
        using var read = JsonDocument.Parse(line);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, read.RootElement), line);
    }

    [Fact]
    public async Task Counts_no_drift_where_all_is_known()
    {
        var drift = new DriftTally();
        await Fixture.ReadAsync(Fixture.Set(Whole), drift);
        Assert.Empty(drift.Counts);
    }

    [Fact]
    public async Task Counts_what_the_DTD_does_not_know_by_its_path()
    {
        var drift = new DriftTally();
        var record = Fixture.Article(99000001, "<ArticleTitle>A <span>b</span></ArticleTitle><NewThing/>",
            "<CommentsCorrectionsList><CommentsCorrections RefType=\"SupersededBy\"><RefSource>X</RefSource></CommentsCorrections></CommentsCorrectionsList><Foo><Bar/></Foo>")
            .Replace("\"MEDLINE\"", "\"Curated\"", StringComparison.Ordinal);
        var publication = Fixture.Publication(Assert.Single(await Fixture.ReadAsync(Fixture.Set(record), drift)));

        Assert.Equal(("A b", "Curated", "SupersededBy"), (publication.Title, publication.Status, publication.Corrections[0].Type));
        Assert.Equal(
            [
                "PubmedArticle/MedlineCitation/@Status=Curated",
                "PubmedArticle/MedlineCitation/Article/NewThing",
                "PubmedArticle/MedlineCitation/CommentsCorrectionsList/CommentsCorrections/@RefType=SupersededBy",
                "PubmedArticle/MedlineCitation/Foo",
                "text()/span",
            ],
            drift.Counts.Keys);
    }

    [Fact]
    public async Task Gives_each_PMID_of_a_DeleteCitation_as_a_deletion()
    {
        var readings = await Fixture.ReadAsync(Fixture.Set(Fixture.Article(1),
            "<DeleteCitation>\n<PMID Version=\"1\">2</PMID>\n<PMID Version=\"1\">3</PMID><PMID>x</PMID>\n</DeleteCitation>"));

        Assert.Equal("1 D2 D3 !", Fixture.Sketch(readings));
        Assert.Equal(ContentHash.Of("deleted:2"u8), ((ReadRecord)readings[1]).Hash);
        Assert.Contains("“x”, which is no PMID", Fixture.Unreadable(readings[3]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_several_versions_of_one_citation_as_they_stand()
    {
        var second = Fixture.Article(99000001).Replace("Version=\"1\"", "Version=\"2\"", StringComparison.Ordinal);
        var readings = await Fixture.ReadAsync(Fixture.Set(Fixture.Article(99000001), second));
        Assert.Equal([1, 2], readings.Select(reading => Fixture.Publication(reading).Version));
    }

    [Fact]
    public async Task Leaves_lists_empty_and_values_absent_where_the_source_says_nothing()
    {
        var publication = await Fixture.OnlyAsync("<PubmedArticle><MedlineCitation><PMID>99000001</PMID></MedlineCitation></PubmedArticle>");
        Assert.Equal("""
            {"kind":"publication","id":"pmid:99000001","pmid":99000001,"version":1,"title":"","abstract":[],"otherAbstracts":[],"authors":[],"languages":[],"publicationTypes":[],"mesh":[],"keywords":[],"chemicals":[],"registryNumbers":[],"corrections":[],"book":false}
            """, RecordJson.Write(publication));
    }
}
