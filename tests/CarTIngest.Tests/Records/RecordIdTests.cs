using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class RecordIdTests
{
    [Theory]
    [InlineData("pmid:90000001", "pmid:90000001", "90000001", "pubmed")]
    [InlineData("PMID:0090000001", "pmid:90000001", "90000001", "pubmed")]
    [InlineData("90000001", "pmid:90000001", "90000001", "pubmed")]
    [InlineData("nct:NCT99000001", "nct:NCT99000001", "NCT99000001", "clinicaltrials")]
    [InlineData("nct:nct99000001", "nct:NCT99000001", "NCT99000001", "clinicaltrials")]
    [InlineData(" NCT99000001 ", "nct:NCT99000001", "NCT99000001", "clinicaltrials")]
    [InlineData("nct99000001", "nct:NCT99000001", "NCT99000001", "clinicaltrials")]
    public void Takes_both_written_forms_and_the_bare_numbers(string text, string written, string local, string source)
    {
        Assert.True(RecordId.TryParse(text, out var id));
        Assert.Equal((written, written, local, source), (id.Text, id.ToString(), id.Local, id.Source));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pmid:")]
    [InlineData("pmid:0")]
    [InlineData("pmid:NCT99000001")]
    [InlineData("nct:90000001")]
    [InlineData("nct:")]
    [InlineData("doi:10.9999/x")]
    [InlineData("pmid:pmid:1")]
    public void Refuses_anything_else(string? text)
    {
        Assert.False(RecordId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void Is_made_of_either_number()
    {
        Assert.True(Pmid.TryParse("7", out var pmid));
        Assert.True(NctId.TryParse("NCT99000001", out var nct));

        Assert.Equal("pmid:7", RecordId.Of(pmid).Text);
        Assert.Equal("nct:NCT99000001", RecordId.Of(nct).Text);
    }

    [Fact]
    public void Sorts_by_source_and_then_by_number()
    {
        string[] written = ["pmid:100", "nct:NCT99000002", "pmid:99", "nct:NCT09000001", "pmid:9"];
        var ids = written.Select(text => RecordId.TryParse(text, out var id) ? id : default);

        Assert.Equal(["nct:NCT09000001", "nct:NCT99000002", "pmid:9", "pmid:99", "pmid:100"], ids.Order().Select(id => id.Text));
    }

    [Fact]
    public void Is_a_text_in_json_and_a_name_in_an_object_there()
    {
        Assert.True(RecordId.TryParse("NCT99000001", out var id));
        var map = new Dictionary<RecordId, int> { [id] = 1 };

        Assert.Equal("\"nct:NCT99000001\"", JsonSerializer.Serialize(id));
        Assert.Equal("{\"nct:NCT99000001\":1}", JsonSerializer.Serialize(map));
        Assert.Equal(map, JsonSerializer.Deserialize<Dictionary<RecordId, int>>("{\"nct:NCT99000001\":1}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordId>("\"10.9999/x\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordId>("7"));
    }
}
