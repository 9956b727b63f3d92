using CarTIngest.Records;
using CarTIngest.Sources.PubMed;

namespace CarTIngest.Tests.Sources.PubMed;

public sealed class EUtilsRequestTests
{
    private static readonly PubMedOptions Options = new() { BaseAddress = new Uri("https://example.org/eutils"), Email = "team@example.org", ApiKey = "s3cr3t" };

    [Fact]
    [Trait("Silent", "E22")]
    public async Task E22_every_request_is_a_form_by_post_however_long_its_term()
    {
        foreach (var request in (EUtilsRequest[])[EUtilsRequest.Einfo(), EUtilsRequest.Esearch(new string('x', 100_000), 0, 9_999), EUtilsRequest.Efetch(Ids(1, 2))])
        {
            using var message = request.ToMessage(Options);
            Assert.Equal(HttpMethod.Post, message.Method);
            Assert.Equal($"https://example.org/eutils/{request.Endpoint}.fcgi", message.RequestUri!.AbsoluteUri);
            Assert.Equal("application/x-www-form-urlencoded", message.Content!.Headers.ContentType!.MediaType);
            var body = await message.Content.ReadAsStringAsync();
            Assert.Contains("tool=cartingest&email=team%40example.org&api_key=s3cr3t", body, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cr3t", request.Asked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Writes_a_search_as_documented()
    {
        using var message = EUtilsRequest.Esearch("(\"car t\"[tiab]) AND 1:2[UID]", 0, 9_999).ToMessage(new PubMedOptions());
        Assert.Equal(
            "db=pubmed&term=%28%22car+t%22%5Btiab%5D%29+AND+1%3A2%5BUID%5D&retstart=0&retmax=9999&sort=pub_date&retmode=xml&tool=cartingest",
            await message.Content!.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(9_999, 1)]
    [InlineData(0, 10_000)]
    [InlineData(-1, 1)]
    [Trait("Silent", "E5")]
    [Trait("Silent", "E10")]
    public void E5_E10_a_page_that_is_not_served_is_never_asked_for(int retstart, int retmax) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EUtilsRequest.Esearch("x", retstart, retmax));

    [Fact]
    [Trait("Silent", "E9")]
    public void E9_a_fetch_without_an_id_or_with_none_that_is_one_is_never_sent()
    {
        Assert.Throws<ArgumentException>(() => EUtilsRequest.Efetch([]));
        Assert.Throws<ArgumentException>(() => EUtilsRequest.Efetch([default]));
    }

    [Fact]
    [Trait("Silent", "E10")]
    [Trait("Silent", "E11")]
    [Trait("Silent", "E21")]
    public void E10_E11_E21_the_database_is_always_named_and_history_never_used()
    {
        foreach (var request in (EUtilsRequest[])[EUtilsRequest.Einfo(), EUtilsRequest.Esearch("x", 0, 1), EUtilsRequest.Efetch(Ids(1))])
        {
            Assert.Contains("db=pubmed", request.Asked, StringComparison.Ordinal);
            Assert.DoesNotContain("usehistory", request.Asked, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(request.Endpoint == "esearch", request.Asked.Contains("retstart", StringComparison.Ordinal));
            Assert.DoesNotContain("WebEnv", request.Asked, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("date", request.Asked.Replace("pub_date", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static List<Pmid> Ids(params long[] ids) => [.. ids.Select(id => RecordId.TryParse($"pmid:{id}", out var record) && Pmid.TryParse(record.Local, out var pmid) ? pmid : default)];
}
