using CarTIngest.Records;
using CarTIngest.Reporting;

namespace CarTIngest.Tests.Reporting;

public sealed class RecordDiffTests
{
    private static readonly Trial Before = new()
    {
        NctId = "NCT99000001",
        BriefTitle = "Invented",
        Status = "RECRUITING",
        Phases = ["PHASE1"],
        Enrollment = new(24, "ESTIMATED"),
        Countries = ["France"],
    };

    [Fact]
    public void Says_nothing_when_nothing_changed() => Assert.Empty(RecordDiff.Between(Before, Before with { Phases = ["PHASE1"] }));

    [Fact]
    public void Tells_a_single_value_before_and_after() =>
        Assert.Equal([Change("status", "RECRUITING", "TERMINATED")], RecordDiff.Between(Before, Before with { Status = "TERMINATED" }));

    [Fact]
    public void Tells_what_came_and_what_vanished_with_the_vanished_last() => Assert.Equal(
        [Change("status", "RECRUITING", "WITHDRAWN"), Change("whyStopped", null, "No cells"), Change("briefTitle", "Invented", null)],
        RecordDiff.Between(Before, Before with { BriefTitle = null, WhyStopped = "No cells", Status = "WITHDRAWN" }));

    [Fact]
    public void Takes_a_single_object_apart() => Assert.Equal(
        [Change("enrollment.count", "24", "19"), Change("enrollment.type", "ESTIMATED", "ACTUAL")],
        RecordDiff.Between(Before, Before with { Enrollment = new(19, "ACTUAL") }));

    [Fact]
    public void Takes_an_object_that_came_or_vanished_apart_too()
    {
        Assert.Equal([Change("enrollment.count", "24", null), Change("enrollment.type", "ESTIMATED", null)], RecordDiff.Between(Before, Before with { Enrollment = null }));
        Assert.Equal([Change("enrollment.count", null, "24"), Change("enrollment.type", null, "ESTIMATED")], RecordDiff.Between(Before with { Enrollment = null }, Before));
    }

    [Fact]
    public void Tells_a_list_as_one_value_and_an_empty_one_as_absent() => Assert.Equal(
        [Change("phases", """["PHASE1"]""", """["PHASE1","PHASE2"]"""), Change("keywords", null, """["é & <x>"]"""), Change("countries", """["France"]""", null)],
        RecordDiff.Between(Before, Before with { Phases = ["PHASE1", "PHASE2"], Keywords = ["é & <x>"], Countries = [] }));

    [Fact]
    public void Tells_a_boolean_as_json_writes_it() => Assert.Equal([Change("hasResults", "false", "true")], RecordDiff.Between(Before, Before with { HasResults = true }));

    [Fact]
    public void Tells_the_fields_of_a_publication()
    {
        var before = new Publication { Pmid = 90000001, Title = "Invented", Abstract = [new(null, "One.")] };

        var changes = RecordDiff.Between(before, before with { Version = 2, Abstract = [new("RESULTS", "One.")] });

        Assert.Equal(["version: 1 > 2", """abstract: [{"text":"One."}] > [{"label":"RESULTS","text":"One."}]"""], changes.Select(change => $"{change.Field}: {change.From} > {change.To}"));
        Assert.All(changes, change => Assert.Equal("pmid:90000001", change.Id.Text));
    }

    private static FieldChange Change(string field, string? from, string? to) => new(Before.Id, field, from, to);
}
