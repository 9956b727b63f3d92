using System.Text.Json;
using CarTIngest.Records;
using CarTIngest.Reporting;

namespace CarTIngest.Tests.Reporting;

public sealed class NightReportJsonTests
{
    private const string SourceLine =
        """{"source":"clinicaltrials","announced":2181,"held":2179,"new":3,"revised":6,"unchanged":2170,"left":1,"missing":1,"gone":1,"quarantined":1,"unavailable":1,"named":{"missing":["nct:NCT99000001"],"unavailable":["nct:NCT99000002"],"quarantined":["nct:NCT99000003"],"left":["nct:NCT99000004"],"gone":["nct:NCT99000005"],"new":["nct:NCT99000006"],"unread":["nct:NCT99000007"]},"requests":8,"bytes":1234,"answered":true,"complete":true,"why":[],"notes":["One <note> & é."]}""";

    private static readonly SourceNight Night = new(
        "clinicaltrials", 2181, 2179, 3, 6, 2170, 1, 1, 1, 1, 1,
        new NamedRecords([Id("NCT99000001")], [Id("NCT99000002")], [Id("NCT99000003")], [Id("NCT99000004")], [Id("NCT99000005")], [Id("NCT99000006")], [Id("NCT99000007")]),
        8, 1234, Answered: true, Complete: true, [], ["One <note> & é."]);

    [Fact]
    public void Writes_a_night_by_the_contract() => Assert.Equal(
        $$"""{"night":"2031-03-02","run":2,"sources":[{{SourceLine}}],"likely":["nct:NCT99000001"],"possible":["pmid:90000001"],"tasks":[{"study":"nct:NCT99000001","task":"update_data","because":"new_report","by":"pmid:90000001"}],"changes":[{"id":"nct:NCT99000001","field":"status","from":"RECRUITING","to":"TERMINATED"},{"id":"nct:NCT99000001","field":"whyStopped","to":"No cells"}],"alerts":1,"beside":["pmid:90000002"],"watch":[{"id":"pmid:90000001","study":"nct:NCT99000001","lost":"strategy","because":"Arm A is asked no more.","since":"2031-03-02"}],"waiting":[],"complete":true}""",
        NightReportJson.Write(new NightReport(
            new DateOnly(2031, 3, 2), 2, [Night], [Id("NCT99000001")], [Id("90000001")],
            [new("nct:NCT99000001", "update_data", "new_report", Id("90000001"))],
            [new(Id("NCT99000001"), "status", "RECRUITING", "TERMINATED"), new(Id("NCT99000001"), "whyStopped", null, "No cells")],
            1)
        { Beside = [Id("90000002")], Watch = [new(Id("90000001"), "nct:NCT99000001", "strategy", "Arm A is asked no more.", new DateOnly(2031, 3, 2), null)] }));

    [Fact]
    public void Always_writes_lists_and_numbers() => Assert.Equal(
        """{"night":"2031-03-02","run":1,"sources":[{"source":"pubmed","announced":0,"held":0,"new":0,"revised":0,"unchanged":0,"left":0,"missing":0,"gone":0,"quarantined":0,"unavailable":0,"named":{"missing":[],"unavailable":[],"quarantined":[],"left":[],"gone":[],"new":[],"unread":[]},"requests":8,"bytes":0,"answered":false,"complete":false,"why":["It did not answer."],"notes":[]}],"likely":[],"possible":[],"tasks":[],"changes":[],"alerts":0,"beside":[],"watch":[],"waiting":[],"complete":false}""",
        NightReportJson.Write(new NightReport(new DateOnly(2031, 3, 2), 1, [SourceNight.Down("pubmed", "It did not answer.", 8, 0)], [], [], [], [], 0)));

    [Fact]
    public void Reads_a_source_as_it_wrote_it()
    {
        Assert.Equal(SourceLine, NightReportJson.Write(Night));
        Assert.Equal(SourceLine, NightReportJson.Write(NightReportJson.ReadSource(SourceLine)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"source":"pubmed","announced":"many"}""")]
    public void Refuses_what_is_no_source(string line) => Assert.ThrowsAny<JsonException>(() => NightReportJson.ReadSource(line));

    [Fact]
    public void Reads_a_night_of_before_more_was_told_of_one()
    {
        var night = NightReportJson.Read("""{"night":"2031-03-02","run":1,"sources":[],"likely":[],"possible":[],"tasks":[],"changes":[],"alerts":0}""");

        Assert.Equal((0, 0, 0), (night.Beside.Count, night.Watch.Count, night.Waiting.Count));
    }

    [Fact]
    public void A_night_without_sources_is_not_complete() => Assert.False(new NightReport(new DateOnly(2031, 3, 2), 1, [], [], [], [], [], 0).Complete);

    [Fact]
    public void A_night_is_complete_when_every_source_is()
    {
        var down = SourceNight.Down("pubmed", "It did not answer.", 1, 0);

        Assert.True(new NightReport(new DateOnly(2031, 3, 2), 1, [Night, Night], [], [], [], [], 0).Complete);
        Assert.False(new NightReport(new DateOnly(2031, 3, 2), 1, [Night, down], [], [], [], [], 0).Complete);
    }

    private static RecordId Id(string text) => RecordId.TryParse(text, out var id) ? id : throw new ArgumentException("No id.", nameof(text));
}
