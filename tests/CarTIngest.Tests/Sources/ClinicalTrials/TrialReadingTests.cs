using CarTIngest.Records;
using static CarTIngest.Tests.Sources.ClinicalTrials.Studies;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

public sealed class TrialReadingTests
{
    private const string Whole = """
        {"hasResults":false,"protocolSection":{
        "identificationModule":{"nctId":"NCT90000001","nctIdAliases":["NCT90000009"],"orgStudyIdInfo":{"id":"INV-1"},
          "secondaryIdInfos":[{"id":"2026-000001-11","type":"EUDRACT_NUMBER"},{"id":"U1"},{"type":"OTHER"}],"briefTitle":"Invented Cells ","officialTitle":"A Long Title","acronym":"INV"},
        "statusModule":{"overallStatus":"TERMINATED","whyStopped":"No cells.","startDateStruct":{"date":"2016-12"},"primaryCompletionDateStruct":{"date":"2020"},
          "completionDateStruct":{"date":"2021-13-40"},"studyFirstPostDateStruct":{"date":"2016-11-02","type":"ACTUAL"},"lastUpdatePostDateStruct":{"date":"2026-05-01"}},
        "sponsorCollaboratorsModule":{"leadSponsor":{"name":"An Invented Hospital","class":"OTHER"},"collaborators":[{"name":"One"},{"name":"Two"}]},
        "descriptionModule":{"briefSummary":"First line\n\n* a list\r\n* of two ","detailedDescription":"More"},
        "conditionsModule":{"conditions":["AML"],"keywords":["CAR-T"]},
        "designModule":{"studyType":"INTERVENTIONAL","phases":["PHASE1","PHASE2"],"enrollmentInfo":{"count":"24","type":"ACTUAL"}},
        "armsInterventionsModule":{"armGroups":[],"interventions":[{"type":"BIOLOGICAL","name":"inv-cel","description":"Cells","armGroupLabels":["A"],"otherNames":["x","y"]},{"type":"DRUG","name":"flu"}]},
        "outcomesModule":{"primaryOutcomes":[{"measure":"DLT","timeFrame":"28 days","description":"d"}],"secondaryOutcomes":[{"measure":"OS"}]},
        "eligibilityModule":{"eligibilityCriteria":"Inclusion:\n\n1. AML"},
        "contactsLocationsModule":{"locations":[{"country":"Spain"},{"country":"China"},{"city":"?"},{"country":"Spain"}]},
        "referencesModule":{"references":[{"pmid":"12345","type":"RESULT","citation":"C1"},{"citation":"by hand"},{"pmid":67,"type":"DERIVED","citation":"C3"}]}}}
        """;

    [Fact]
    public async Task Fills_every_field_from_its_own_place()
    {
        var drift = new DriftTally();
        var trial = await ReadOneAsync(Whole, drift);
        Assert.Equal(
            """{"kind":"trial","id":"nct:NCT90000001","nctId":"NCT90000001","aliases":["NCT90000009"],"briefTitle":"Invented Cells ","officialTitle":"A Long Title","acronym":"INV","status":"TERMINATED","whyStopped":"No cells.","studyType":"INTERVENTIONAL","phases":["PHASE1","PHASE2"],"conditions":["AML"],"keywords":["CAR-T"],"interventions":[{"type":"BIOLOGICAL","name":"inv-cel","otherNames":["x","y"],"description":"Cells"},{"type":"DRUG","name":"flu","otherNames":[]}],"summary":"First line\n\n* a list\r\n* of two ","description":"More","eligibility":"Inclusion:\n\n1. AML","sponsor":"An Invented Hospital","collaborators":["One","Two"],"enrollment":{"count":24,"type":"ACTUAL"},"start":"2016-12","primaryCompletion":"2020","firstPosted":"2016-11-02","lastUpdatePosted":"2026-05-01","hasResults":false,"primaryOutcomes":[{"measure":"DLT","timeFrame":"28 days"}],"countries":["Spain","China"],"secondaryIds":[{"type":"EUDRACT_NUMBER","id":"2026-000001-11"},{"id":"U1"}],"references":[{"pmid":12345,"type":"RESULT","citation":"C1"},{"citation":"by hand"},{"pmid":67,"type":"DERIVED","citation":"C3"}]}""",
            RecordJson.Write(trial));
        Assert.Equal(["identificationModule.secondaryIdInfos (no id)", "statusModule.completionDateStruct.date (no date)"], drift.Counts.Keys);
    }

    [Fact]
    public async Task Leaves_absent_what_empty_modules_and_nulls_do_not_say()
    {
        var trial = await ReadOneAsync(
            """{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":null,"nctIdAliases":null},"statusModule":{},"designModule":{"enrollmentInfo":{},"phases":[null]},"conditionsModule":null,"contactsLocationsModule":{"locations":[null,{}]}},"resultsSection":{"a":1}}""");
        Assert.Equal(
            """{"kind":"trial","id":"nct:NCT90000001","nctId":"NCT90000001","aliases":[],"phases":[],"conditions":[],"keywords":[],"interventions":[],"collaborators":[],"hasResults":true,"primaryOutcomes":[],"countries":[],"secondaryIds":[],"references":[]}""",
            RecordJson.Write(trial));
    }

    [Fact]
    public async Task Keeps_and_counts_what_nobody_knew_yet()
    {
        var drift = new DriftTally();
        var trial = await ReadOneAsync(
            """{"newSection":{"a":{"b":1}},"annotationSection":{"x":1},"protocolSection":{"identificationModule":{"nctId":"NCT90000001","newName":1},"statusModule":{"overallStatus":"NEW"},"contactsLocationsModule":{"locations":[{"newPlace":1},{"newPlace":2}]},"oversightModule":{"isUsExport":true}}}""",
            drift);
        Assert.Equal("NEW", trial.Status);
        Assert.Equal(1, drift.Counts["newSection"]);
        Assert.Equal(1, drift.Counts["identificationModule.newName"]);
        Assert.Equal(2, drift.Counts["contactsLocationsModule.locations.newPlace"]);
        Assert.Equal(1, drift.Counts["statusModule.overallStatus=NEW"]);
        Assert.Equal(4, drift.Counts.Count);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", "{ \"b\" : [ 1, 2 ],\n \"a\" : 1 }")]
    [InlineData("""{"t":"A\/é\n\u0041"}""", """{"t":"\u0041/\u00e9\u000AA"}""")]
    [InlineData("""{"derivedSection":{"miscInfoModule":{"versionHolder":"2026-05-01"}}}""", """{"derivedSection":{"miscInfoModule":{"versionHolder":"2026-06-01"}}}""")]
    [InlineData("""{"\u0061":1,"b":2}""", """{"b":2,"a":1}""")]
    public async Task Hashes_what_says_the_same_to_the_same(string one, string other) => Assert.Equal(await HashAsync(one), await HashAsync(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"b":[1,2]}""", """{"b":[2,1]}""")]
    [InlineData("""{"versionHolder":"2026-05-01"}""", """{"versionHolder":"2026-06-01"}""")]
    [InlineData("""{"resultsSection":{"a":1}}""", """{"resultsSection":{"a":2}}""")]
    [InlineData("""{"a":{},"b":1}""", """{"a":{"b":1}}""")]
    public async Task Hashes_what_says_otherwise_to_another(string one, string other) => Assert.NotEqual(await HashAsync(one), await HashAsync(other));

    [Fact]
    public async Task Hashes_a_study_alike_whatever_stands_around_it()
    {
        var alone = Assert.IsType<ReadRecord>(Assert.Single(await ReadAsync(Study("NCT90000001"))));
        var wrapped = Assert.IsType<ReadRecord>(Assert.Single(await ReadAsync($"{{\"upsert\" : {Study("NCT90000001")}}}")));
        Assert.Equal(alone.Hash, wrapped.Hash);
    }

    private static async Task<ContentHash> HashAsync(string members)
    {
        var document = $$$"""{"protocolSection":{"identificationModule":{"nctId":"NCT90000001"}},{{{members.Trim()[1..]}}}""";
        return Assert.IsType<ReadRecord>(Assert.Single(await ReadAsync(document))).Hash;
    }
}
