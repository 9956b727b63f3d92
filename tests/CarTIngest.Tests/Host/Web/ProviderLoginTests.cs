using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Login at another provider: who has an account here may enter by it, and nobody else.</summary>
public sealed class ProviderLoginTests : IAsyncLifetime
{
    private StandInProvider provider = null!;
    private PagesUnderTest pages = null!;

    public async Task InitializeAsync()
    {
        provider = await StandInProvider.StartAsync();
        pages = await PagesUnderTest.StartAsync(people: new PeopleOptions
        {
            OpenIdConnect = new IdentityProvider { Authority = provider.Authority, ClientId = StandInProvider.ClientId, ClientSecret = StandInProvider.ClientSecret, Name = "the hospital" },
        });
        await pages.AddAsync("ada@hospital.example", Role.Reviewer);
    }

    public async Task DisposeAsync()
    {
        await pages.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Lets_in_who_has_an_account()
    {
        using var visitor = pages.Visit();
        (await visitor.GetAsync("login")).Says("Log in at the hospital");
        (await EnterAsync(visitor, "Ada@Hospital.example")).LeadsTo("/account");
        (await visitor.GetAsync("account")).Is(200).Says("Name of ada@hospital.example");
        Assert.True(provider.WasAskedRightly);
        Assert.DoesNotContain(StandInProvider.ClientSecret, pages.Log.All, StringComparison.Ordinal);
        await pages.WithAsync<AccountBook, int>(async book =>
        {
            await book.LockAsync((await pages.PersonAsync("ada@hospital.example")).Id, Actor.AtThisMachine, CancellationToken.None);
            return 0;
        });
        (await visitor.GetAsync("account")).Is(302);
        (await EnterAsync(visitor, "ada@hospital.example")).LeadsTo("/login?says=provider");
    }

    [Theory]
    [InlineData("eve@hospital.example", true)]
    [InlineData("ada@hospital.example", false)]
    [InlineData("", true)]
    public async Task Refuses(string email, bool verified)
    {
        provider.Verified = verified;
        using var visitor = pages.Visit();
        (await EnterAsync(visitor, email)).LeadsTo("/login?says=provider");
        (await visitor.GetAsync("login?says=provider")).Is(200).Says("the hospital did not name anybody who has an account here");
        (await visitor.GetAsync("account")).Is(302);
        Assert.Single(await pages.WithAsync<AccountBook, IReadOnlyList<Person>>(book => book.ReadAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Refuses_an_answer_that_nobody_asked_for()
    {
        using var visitor = pages.Visit();
        (await visitor.GetAsync("login/provider/back?code=once&state=forged")).LeadsTo("/login?says=provider");
        (await visitor.GetAsync("login/provider?then=https%3A%2F%2Fevil.example")).Is(302);
        Assert.DoesNotContain("evil.example", (await visitor.GetAsync("login/provider?then=https%3A%2F%2Fevil.example")).Location!, StringComparison.Ordinal);
    }

    private async Task<Shown> EnterAsync(Visitor visitor, string email)
    {
        provider.Email = email;
        var away = (await visitor.GetAsync("login/provider?then=%2Faccount")).Is(302).Location!;
        using var atProvider = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var back = await atProvider.GetAsync(new Uri(away));
        return await visitor.GetAsync(back.Headers.Location!.PathAndQuery.TrimStart('/'));
    }
}
