using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Tests.Rehearsal;

/// <summary>A running stand-in over invented nights, and a client that follows no redirect and unpacks nothing by itself.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly RecordedNights nights;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private StandIn(RecordedNights nights, RehearsalServer server) => (this.nights, Server) = (nights, server);

    public RehearsalServer Server { get; }

    public static async Task<StandIn> StartAsync(RecordedNights nights, RehearsalSettings? settings = null) =>
        new(nights, await RehearsalServer.StartAsync(await nights.LoadAsync(), settings ?? new RehearsalSettings { PubMedRequestsPerSecond = 300 }, CancellationToken.None));

    public Task<HttpResponseMessage> EUtilsAsync(string address) => client.GetAsync(new Uri(Server.EUtilsAddress, address));

    public Task<HttpResponseMessage> RegistryAsync(string address) => client.GetAsync(new Uri(Server.RegistryAddress, address));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    public Task<HttpResponseMessage> PostAsync(string endpoint, params (string Name, string Value)[] form) => client.PostAsync(
        new Uri(Server.EUtilsAddress, endpoint), new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    public async Task<XElement> SearchAsync(string term, string more = "")
    {
        using var answer = await EUtilsAsync($"esearch.fcgi?db=pubmed&term={Uri.EscapeDataString(term)}{more}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
    }

    /// <summary>The ids that a term finds, in the order given.</summary>
    public async Task<string> IdsAsync(string term, string more = "") =>
        string.Join(' ', (await SearchAsync(term, more)).Element("IdList")!.Elements("Id").Select(id => id.Value));

    public async Task<XElement> FetchAsync(string ids)
    {
        using var answer = await PostAsync("efetch.fcgi", ("db", "pubmed"), ("retmode", "xml"), ("id", ids));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
    }

    public async Task<JsonElement> JsonAsync(string address)
    {
        using var answer = await RegistryAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The NCT numbers of a page, in the order given.</summary>
    public async Task<string> NctIdsAsync(string query) => NctIds(await JsonAsync($"studies?{query}"));

    public async Task RefusesAsync(string address, HttpStatusCode status, string text)
    {
        using var answer = await RegistryAsync(address);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static string NctIds(JsonElement page) => string.Join(' ', page.GetProperty("studies").EnumerateArray().Select(study =>
        study.GetProperty("protocolSection").GetProperty("identificationModule").GetProperty("nctId").GetString()));

    public static string Pmids(XElement set) => string.Join(' ', set.Elements().Select(record => record.Elements().First().Element("PMID")!.Value));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
        nights.Dispose();
    }
}
