using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class RecordJsonTests
{
    private const string PublicationLine =
        """{"kind":"publication","id":"pmid:90000001","pmid":90000001,"version":2,"title":"CAR-T <cells> & “AML” é 漢","abstract":[{"label":"BACKGROUND","text":"One."},{"text":"Two."}],"otherAbstracts":[{"type":"Publisher","language":"fre","text":"Trois."}],"vernacularTitle":"Titre","journal":"Journal of Invented Results","issn":"0000-0000","volume":"7","issue":"1","pages":"1-9","published":"2031-03","medlineDate":"2031 Mar-Apr","authors":[{"last":"Muster","fore":"Erika A","initials":"EA","suffix":"Jr"},{"collective":"Invented Group"}],"doi":"10.9999/x","pmcid":"PMC9000001","languages":["eng"],"publicationTypes":["Letter"],"mesh":[{"descriptor":"Humans","ui":"D006801","major":false,"qualifiers":[{"name":"immunology","major":true}]}],"keywords":["k"],"chemicals":["c"],"registryNumbers":["NCT99000001"],"corrections":[{"type":"RetractionIn","pmid":90000009,"citation":"Some journal."},{"type":"ErratumIn"}],"status":"MEDLINE","book":false}""";

    private const string TrialLine =
        """{"kind":"trial","id":"nct:NCT99000001","nctId":"NCT99000001","aliases":["NCT99000002"],"briefTitle":"B","officialTitle":"O","acronym":"A","status":"RECRUITING","whyStopped":"W","studyType":"INTERVENTIONAL","phases":["PHASE1","PHASE2"],"conditions":["AML"],"keywords":["k"],"interventions":[{"type":"BIOLOGICAL","name":"cells","otherNames":["n"],"description":"d"},{"otherNames":[]}],"summary":"* one\n* two ","description":"D","eligibility":"≥ 18","sponsor":"S","collaborators":["C"],"enrollment":{"count":24,"type":"ACTUAL"},"start":"2030-12","primaryCompletion":"2031","completion":"2032-01-02","firstPosted":"2030-01-01","lastUpdatePosted":"2031-01-01","hasResults":true,"primaryOutcomes":[{"measure":"m","timeFrame":"28 days"}],"countries":["France"],"secondaryIds":[{"type":"NIH","id":"i"},{"id":"j"}],"references":[{"pmid":90000001,"type":"RESULT","citation":"c"},{"citation":"by hand"}]}""";

    private static readonly Publication Whole = new()
    {
        Pmid = 90000001,
        Version = 2,
        Title = "CAR-T <cells> & “AML” é 漢",
        Abstract = [new("BACKGROUND", "One."), new(null, "Two.")],
        OtherAbstracts = [new("Publisher", "fre", "Trois.")],
        VernacularTitle = "Titre",
        Journal = "Journal of Invented Results",
        Issn = "0000-0000",
        Volume = "7",
        Issue = "1",
        Pages = "1-9",
        Published = Date("2031-03"),
        MedlineDate = "2031 Mar-Apr",
        Authors = [new() { Last = "Muster", Fore = "Erika A", Initials = "EA", Suffix = "Jr" }, new() { Collective = "Invented Group" }],
        Doi = "10.9999/x",
        Pmcid = "PMC9000001",
        Languages = ["eng"],
        PublicationTypes = ["Letter"],
        Mesh = [new("Humans", "D006801", false, [new("immunology", true)])],
        Keywords = ["k"],
        Chemicals = ["c"],
        RegistryNumbers = ["NCT99000001"],
        Corrections = [new("RetractionIn", 90000009, "Some journal."), new("ErratumIn", null, null)],
        Status = "MEDLINE",
    };

    private static readonly Trial Registered = new()
    {
        NctId = "NCT99000001",
        Aliases = ["NCT99000002"],
        BriefTitle = "B",
        OfficialTitle = "O",
        Acronym = "A",
        Status = "RECRUITING",
        WhyStopped = "W",
        StudyType = "INTERVENTIONAL",
        Phases = ["PHASE1", "PHASE2"],
        Conditions = ["AML"],
        Keywords = ["k"],
        Interventions = [new("BIOLOGICAL", "cells", ["n"], "d"), new(null, null, [], null)],
        Summary = "* one\n* two ",
        Description = "D",
        Eligibility = "≥ 18",
        Sponsor = "S",
        Collaborators = ["C"],
        Enrollment = new(24, "ACTUAL"),
        Start = Date("2030-12"),
        PrimaryCompletion = Date("2031"),
        Completion = Date("2032-01-02"),
        FirstPosted = Date("2030-01-01"),
        LastUpdatePosted = Date("2031-01-01"),
        HasResults = true,
        PrimaryOutcomes = [new("m", "28 days")],
        Countries = ["France"],
        SecondaryIds = [new("NIH", "i"), new(null, "j")],
        References = [new(90000001, "RESULT", "c"), new(null, null, "by hand")],
    };

    [Fact]
    public void Writes_a_publication_by_the_contract() => Assert.Equal(PublicationLine, RecordJson.Write(Whole));

    [Fact]
    public void Writes_a_trial_by_the_contract() => Assert.Equal(TrialLine, RecordJson.Write(Registered));

    [Fact]
    public void Always_writes_lists_and_booleans_and_leaves_absent_values_out()
    {
        Assert.Equal(
            """{"kind":"publication","id":"pmid:90000001","pmid":90000001,"version":1,"title":"","abstract":[],"otherAbstracts":[],"authors":[],"languages":[],"publicationTypes":[],"mesh":[],"keywords":[],"chemicals":[],"registryNumbers":[],"corrections":[],"book":false}""",
            RecordJson.Write(new Publication { Pmid = 90000001 }));
        Assert.Equal(
            """{"kind":"trial","id":"nct:NCT99000001","nctId":"NCT99000001","aliases":[],"phases":[],"conditions":[],"keywords":[],"interventions":[],"collaborators":[],"hasResults":false,"primaryOutcomes":[],"countries":[],"secondaryIds":[],"references":[]}""",
            RecordJson.Write(new Trial { NctId = "NCT99000001" }));
    }

    [Fact]
    public void Writes_a_book_with_its_title_and_publisher() => Assert.EndsWith(
        ""","book":true,"bookTitle":"Invented Reviews","publisher":"Nobody"}""",
        RecordJson.Write(new Publication { Pmid = 1, Book = true, BookTitle = "Invented Reviews", Publisher = "Nobody" }),
        StringComparison.Ordinal);

    [Fact]
    public void Writes_a_deletion_without_an_id_of_its_own()
    {
        Assert.Equal("""{"kind":"deleted","pmid":90000001}""", RecordJson.Write(new DeletedRecord { Pmid = 90000001 }));
        Assert.Equal("""{"kind":"deleted","nctId":"NCT99000001"}""", RecordJson.Write(new DeletedRecord { NctId = "NCT99000001" }));
    }

    [Fact]
    public void Is_one_line_whatever_the_text_holds()
    {
        var line = RecordJson.Write(new Trial { NctId = "NCT99000001", Summary = "a\r\nb\u2028c\td\"e\\" });

        Assert.DoesNotContain('\n', line);
        Assert.Contains("""a\r\nb""", line, StringComparison.Ordinal);
        Assert.Equal("a\r\nb\u2028c\td\"e\\", Assert.IsType<Trial>(RecordJson.Read(line)).Summary);
    }

    [Theory]
    [InlineData(PublicationLine)]
    [InlineData(TrialLine)]
    [InlineData("""{"kind":"deleted","pmid":90000001}""")]
    [InlineData("""{"kind":"deleted","nctId":"NCT99000001"}""")]
    public void Reads_what_it_wrote(string line) => Assert.Equal(line, RecordJson.Write(RecordJson.Read(line)));

    [Fact]
    public void Reads_a_line_that_was_written_before_a_member_was_known()
    {
        var trial = Assert.IsType<Trial>(RecordJson.Read("""{"kind":"trial","id":"nct:NCT99000001","nctId":"NCT99000001"}"""));
        var publication = Assert.IsType<Publication>(RecordJson.Read("""{"kind":"publication","pmid":90000001}"""));

        Assert.Equal(RecordJson.Write(new Trial { NctId = "NCT99000001" }), RecordJson.Write(trial));
        Assert.Equal(RecordJson.Write(new Publication { Pmid = 90000001 }), RecordJson.Write(publication));
    }

    [Fact]
    public void Passes_over_members_that_it_does_not_know() => Assert.Equal(
        "pmid:90000001", RecordJson.Read("""{"kind":"publication","pmid":90000001,"firstSeen":"2031-03-01","lastSeen":"2031-03-02"}""").Id.Text);

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"kind":7}""")]
    [InlineData("""{"kind":"quarantined","source":"file"}""")]
    [InlineData("""{"kind":"trial"}""")]
    [InlineData("""{"kind":"publication","pmid":1,"published":"Spring"}""")]
    [InlineData("""{"kind":"publication","pmid":1,"published":2031}""")]
    public void Refuses_a_line_that_is_no_record(string line) => Assert.ThrowsAny<JsonException>(() => RecordJson.Read(line));

    private static PartialDate Date(string text) => PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException("No date.", nameof(text));
}
