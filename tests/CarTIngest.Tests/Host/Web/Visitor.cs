using System.Net;
using System.Text.RegularExpressions;

namespace CarTIngest.Tests.Host.Web;

/// <summary>A browser without scripts: keeps cookies, goes nowhere by itself, and fills in forms with the token of the page that it saw last.</summary>
internal sealed partial class Visitor(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = address };

    private string? token;

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public async Task<Shown> GetAsync(string path)
    {
        var shown = await SendAsync(HttpMethod.Get, path, form: null);
        token = Token().Match(shown.Text) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["token"].Value) : token;
        return shown;
    }

    public Task<Shown> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token ?? "")).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))));

    /// <summary>As another site would lay it before somebody: with the cookies, without the token.</summary>
    public Task<Shown> PostFromElsewhereAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))));

    public async Task<Shown> LogInAsync(string email, string password = PagesUnderTest.Password, string? then = null)
    {
        await GetAsync("login");
        var shown = await PostAsync("login", ("email", email), ("password", password), ("then", then ?? ""));
        // The tokens of a page from before a login are not those of one from after it.
        await GetAsync("account");
        return shown;
    }

    public async Task<Shown> SendAsync(HttpMethod method, string path, HttpContent? form)
    {
        using var request = new HttpRequestMessage(method, path) { Content = form };
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.ToList() : [];
        foreach (var cookie in set)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }

        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Shown(answer.StatusCode, await answer.Content.ReadAsStringAsync(), headers, set);
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}

/// <summary>An answer as it came.</summary>
internal sealed record Shown(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> SetCookies)
{
    public string? Location => Headers.GetValueOrDefault("Location");

    public Shown Is(int status)
    {
        Assert.True((int)Status == status, $"{(int)Status}, not {status}: {Location}\n{Text}");
        return this;
    }

    public Shown LeadsTo(string location)
    {
        Is(302);
        Assert.Equal(location, Location);
        return this;
    }

    public Shown Says(string words)
    {
        Assert.Contains(words, WebUtility.HtmlDecode(Text), StringComparison.Ordinal);
        return this;
    }
}
