using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Nothing is changed but by a form of our own, and nothing by looking.</summary>
public sealed class GenuineFormsTests : IAsyncLifetime
{
    private PagesUnderTest pages = null!;
    private Visitor ada = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        ada = await pages.VisitAsAsync("ada@hospital.example", Role.Lead, Role.Operator);
        await pages.AddAsync("eve@hospital.example", Role.Reviewer);
    }

    public async Task DisposeAsync()
    {
        ada.Dispose();
        await pages.DisposeAsync();
    }

    [Fact]
    public async Task Every_form_that_another_site_lays_before_somebody_is_refused()
    {
        var forms = PostsOf(pages).Where(path => !path.StartsWith("/unsubscribe", StringComparison.Ordinal)).ToList();
        Assert.True(forms.Count >= 12, string.Join(' ', forms));
        var before = await StateAsync();
        foreach (var path in forms)
        {
            (await ada.PostFromElsewhereAsync(path.TrimStart('/'), ("role", Role.Reader), ("email", "x@hospital.example"), ("name", "X"), ("digest", "Never"))).Is(400);
        }

        Assert.Equal(before, await StateAsync());
        (await ada.PostAsync("logout")).LeadsTo("/login");
    }

    [Fact]
    public async Task A_token_of_somebody_elses_page_is_refused()
    {
        using var eve = pages.Visit();
        (await eve.LogInAsync("eve@hospital.example")).Is(302);
        await eve.GetAsync("account");
        foreach (var (name, value) in ada.Cookies.Where(cookie => cookie.Key.EndsWith("session", StringComparison.Ordinal)))
        {
            eve.Cookies[name] = value;
        }

        (await eve.PostAsync("account/mail", ("digest", "Never"))).Is(400);
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        var link = await pages.WithAsync<AccountBook, string>(async book => await book.MakeLinkAsync((await book.FindAsync("eve@hospital.example", CancellationToken.None))!.Id, Actor.AtThisMachine, CancellationToken.None));
        var id = await UnsubscribeIdAsync();
        var before = await StateAsync();
        foreach (var path in new[] { "", "nights/1", "people", "people/2", "people/2/lock", "people/2/roles", "account", "account/mail?digest=Never", "login", "setup", $"invite?code={link}", $"unsubscribe/{id}", "logout", "hangfire" })
        {
            await ada.GetAsync(path);
        }

        Assert.Equal(before, await StateAsync());
        (await ada.GetAsync("")).Is(200);
    }

    [Fact]
    public async Task What_is_no_form_is_refused()
    {
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        (await ada.SendAsync(HttpMethod.Post, "account/mail", json)).Is(415);
    }

    internal static IReadOnlyList<string> PostsOf(PagesUnderTest pages) =>
    [
        .. pages.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Replace("{id:long}", "2", StringComparison.Ordinal)),
    ];

    private async Task<string> UnsubscribeIdAsync()
    {
        await using var store = pages.Store.Stores.Open();
        return await store.Accounts.Where(account => account.Email == "eve@hospital.example").Select(account => account.UnsubscribeId).SingleAsync();
    }

    /// <summary>All that forms can change, but for the time of the last login.</summary>
    private async Task<string> StateAsync()
    {
        await using var store = pages.Store.Stores.Open();
        var accounts = await store.Accounts.AsNoTracking().OrderBy(account => account.Id).ToListAsync();
        var claims = await store.Set<Microsoft.AspNetCore.Identity.IdentityUserClaim<long>>().AsNoTracking().OrderBy(claim => claim.Id).Select(claim => $"{claim.UserId} {claim.ClaimValue}").ToListAsync();
        var tokens = await store.Set<Microsoft.AspNetCore.Identity.IdentityUserToken<long>>().AsNoTracking().OrderBy(token => token.UserId).Select(token => token.Value).ToListAsync();
        return string.Join('\n', [
            .. accounts.Select(account => $"{account.Id} {account.Email} {account.PasswordHash} {account.SecurityStamp} {account.LockoutEnd} {account.AccessFailedCount} {account.Digest} {account.AtOnce}"), .. claims, .. tokens,
            $"{await store.Decisions.CountAsync()}",
        ]);
    }
}
