using System.Text.Json;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>Accounts without a browser.</summary>
public sealed class PeopleCommandTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task Invites_lists_locks_and_unlocks()
    {
        (await cartingest.CallAsync("migrate")).Ends(0);
        var invited = (await cartingest.CallAsync("people", "invite", "ada@hospital.example", "--name", "Ada Muster", "--role", "reviewer", "--role", "operator", "--set", "Web:PublicAddress=https://cartingest.hospital.example")).Ends(0);
        Assert.StartsWith("https://cartingest.hospital.example/invite?code=", Assert.Single(invited.Lines), StringComparison.Ordinal);

        var person = Assert.Single((await cartingest.CallAsync("people", "--json")).Ends(0).Json);
        Assert.Equal(("Ada Muster", "reviewer operator", false), (person.GetProperty("name").GetString(), string.Join(' ', person.GetProperty("roles").EnumerateArray()), person.GetProperty("locked").GetBoolean()));
        Assert.Contains("invited", (await cartingest.CallAsync("people")).Ends(0).Out, StringComparison.Ordinal);

        (await cartingest.CallAsync("people", "lock", "ada@hospital.example")).Refuses(2, "is the last operator");
        (await cartingest.CallAsync("people", "invite", "eve@hospital.example", "--name", "Eve Muster", "--role", "reader")).Ends(0);
        (await cartingest.CallAsync("people", "lock", "EVE@hospital.example")).Ends(0);
        Assert.True((await EveAsync()).GetProperty("locked").GetBoolean());
        (await cartingest.CallAsync("people", "unlock", "eve@hospital.example")).Ends(0);
        Assert.False((await EveAsync()).GetProperty("locked").GetBoolean());

        var first = (await cartingest.CallAsync("people", "invite", "eve@hospital.example", "--json")).Ends(0).Json.Single().GetProperty("link").GetString();
        Assert.NotEqual(first, (await cartingest.CallAsync("people", "invite", "eve@hospital.example", "--json")).Ends(0).Json.Single().GetProperty("link").GetString());
    }

    [Fact]
    public async Task A_link_names_no_address_that_is_only_listened_on()
    {
        (await cartingest.CallAsync("migrate")).Ends(0);
        var invited = (await cartingest.CallAsync("people", "invite", "ada@hospital.example", "--name", "Ada Muster", "--role", "reviewer", "--set", "Web:Urls=http://*:5080")).Ends(0);
        Assert.StartsWith("/invite?code=", Assert.Single(invited.Lines), StringComparison.Ordinal);
        Assert.Contains("Web:PublicAddress names it", invited.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_in_words()
    {
        (await cartingest.CallAsync("people")).Refuses(4, "There is no store yet");
        (await cartingest.CallAsync("migrate")).Ends(0);
        (await cartingest.CallAsync("people", "lock", "nobody@hospital.example")).Refuses(2, "no account with the e-mail nobody@hospital.example");
        (await cartingest.CallAsync("people", "invite", "nobody@hospital.example")).Refuses(2, "no account with the e-mail");
        (await cartingest.CallAsync("people", "invite", "x@hospital.example", "--name", "X", "--role", "emperor")).Refuses(2, "There is no role 'emperor'");
        (await cartingest.CallAsync("people", "invite", "x", "--name", "X", "--role", "reader")).Refuses(2, "'x' is no e-mail address");
        (await cartingest.CallAsync("people", "--set", "People:CookieKey=short")).Refuses(4, "People:CookieKey has 5 characters");
        (await cartingest.CallAsync("people", "--set", "People:OpenIdConnect:Authority=http://login.hospital.example")).Refuses(4, "write the provider's https address", "ClientId is empty", "ClientSecret is empty");
        (await cartingest.CallAsync("people", "--set", "People:OpenIdConnect:ClientID2=x")).Refuses(4, "People:OpenIdConnect:ClientID2 is no setting");
        (await cartingest.CallAsync("people", "--set", "Web:PublicAddress=ftp://x")).Refuses(4, "Web:PublicAddress is 'ftp://x'");
        (await cartingest.CallAsync("people", "--set", "Web:KnownProxies=proxy")).Refuses(4, "'proxy' is neither an address nor a network");
    }

    private async Task<JsonElement> EveAsync() => (await cartingest.CallAsync("people", "--json")).Ends(0).Json.Single(person => person.GetProperty("email").GetString() == "eve@hospital.example");
}
