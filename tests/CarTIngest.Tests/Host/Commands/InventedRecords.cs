namespace CarTIngest.Tests.Host.Commands;

/// <summary>Invented records in the shapes of both sources, and the lines that they are.</summary>
internal static class InventedRecords
{
    public const string Set =
        """
        <?xml version="1.0" ?>
        <!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
        <PubmedArticleSet>
        <PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">90000001</PMID>
          <Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print"><Volume>7</Volume><PubDate><Year>2031</Year><Month>Mar</Month></PubDate></JournalIssue><Title>Journal of Invented Results</Title></Journal>
            <ArticleTitle>CAR-T &amp; H<sub>2</sub>O   é</ArticleTitle><ELocationID EIdType="doi" ValidYN="Y">10.9999/INVENTED</ELocationID>
            <Abstract><AbstractText Label="BACKGROUND">One.</AbstractText><AbstractText>Two.</AbstractText></Abstract>
            <AuthorList><Author ValidYN="Y"><LastName>Muster</LastName><ForeName>Erika</ForeName><Initials>E</Initials></Author><Author><CollectiveName>Invented Group</CollectiveName></Author></AuthorList>
            <Language>eng</Language><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT99000001</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
            <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
          <MeshHeadingList><MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation>
          <PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
        <PubmedBookArticle><BookDocument><PMID Version="1">90000002</PMID><Book><Publisher><PublisherName>Nobody</PublisherName></Publisher><BookTitle>Invented Reviews</BookTitle></Book></BookDocument></PubmedBookArticle>
        <DeleteCitation><PMID Version="1">90000009</PMID></DeleteCitation>
        </PubmedArticleSet>
        """;

    public const string ArticleLine =
        """{"kind":"publication","id":"pmid:90000001","pmid":90000001,"version":1,"title":"CAR-T & H2O é","abstract":[{"label":"BACKGROUND","text":"One."},{"text":"Two."}],"otherAbstracts":[],"journal":"Journal of Invented Results","issn":"0000-0000","volume":"7","published":"2031-03","authors":[{"last":"Muster","fore":"Erika","initials":"E"},{"collective":"Invented Group"}],"doi":"10.9999/invented","languages":["eng"],"publicationTypes":["Journal Article"],"mesh":[{"descriptor":"Humans","ui":"D006801","major":false,"qualifiers":[]}],"keywords":[],"chemicals":[],"registryNumbers":["NCT99000001"],"corrections":[],"status":"MEDLINE","book":false}""";

    public const string BookLine =
        """{"kind":"publication","id":"pmid:90000002","pmid":90000002,"version":1,"title":"Invented Reviews","abstract":[],"otherAbstracts":[],"authors":[],"languages":[],"publicationTypes":[],"mesh":[],"keywords":[],"chemicals":[],"registryNumbers":[],"corrections":[],"book":true,"bookTitle":"Invented Reviews","publisher":"Nobody"}""";

    public const string Study =
        """{"protocolSection":{"identificationModule":{"nctId":"NCT99000001","briefTitle":"Invented <cells> & é"},"statusModule":{"overallStatus":"RECRUITING","startDateStruct":{"date":"2030-12"},"lastUpdatePostDateStruct":{"date":"2031-02-20"}},"sponsorCollaboratorsModule":{"leadSponsor":{"name":"Nobody"}},"conditionsModule":{"conditions":["AML"]},"designModule":{"studyType":"INTERVENTIONAL","phases":["PHASE1","PHASE2"],"enrollmentInfo":{"count":24,"type":"ESTIMATED"}},"armsInterventionsModule":{"interventions":[{"type":"BIOLOGICAL","name":"cells"}]},"eligibilityModule":{"eligibilityCriteria":"* one\n* two "}},"hasResults":false}""";

    public const string StudyLine =
        """{"kind":"trial","id":"nct:NCT99000001","nctId":"NCT99000001","aliases":[],"briefTitle":"Invented <cells> & é","status":"RECRUITING","studyType":"INTERVENTIONAL","phases":["PHASE1","PHASE2"],"conditions":["AML"],"keywords":[],"interventions":[{"type":"BIOLOGICAL","name":"cells","otherNames":[]}],"eligibility":"* one\n* two ","sponsor":"Nobody","collaborators":[],"enrollment":{"count":24,"type":"ESTIMATED"},"start":"2030-12","lastUpdatePosted":"2031-02-20","hasResults":false,"primaryOutcomes":[],"countries":[],"secondaryIds":[],"references":[]}""";
}
