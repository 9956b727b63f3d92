using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Who sees what: one table, and nothing beside it.</summary>
public sealed class PageRolesTests : IAsyncLifetime
{
    /// <summary>Every address that needs a login, with the roles that it opens to.</summary>
    private static readonly (string Path, string[] Roles)[] Table =
    [
        ("", [.. Role.All]),
        ("nights/1", [.. Role.All]),
        ("account", [.. Role.All]),
        ("people", [Role.Lead, Role.Operator]),
        ("people/1", [Role.Lead, Role.Operator]),
        ("hangfire", [.. Role.All]),
        ("hangfire/recurring", [.. Role.All]),
    ];

    private static readonly string[] Open = ["/style.css", "/icon.svg", "/login", "/setup", "/invite", "/unsubscribe/{id}", "/health/live"];

    private PagesUnderTest pages = null!;

    public async Task InitializeAsync() => pages = await PagesUnderTest.StartAsync();

    public async Task DisposeAsync() => await pages.DisposeAsync();

    [Fact]
    public async Task Each_page_opens_to_its_roles_and_to_nobody_else()
    {
        using var stranger = pages.Visit();
        foreach (var (path, _) in Table)
        {
            Assert.StartsWith("/login", (await stranger.GetAsync(path)).Is(302).Location, StringComparison.Ordinal);
        }

        foreach (var role in Role.All)
        {
            using var visitor = await pages.VisitAsAsync($"{role}@hospital.example", role);
            foreach (var (path, roles) in Table)
            {
                var shown = await visitor.GetAsync(path);
                Assert.True((int)shown.Status == (!roles.Contains(role) ? 403 : path == "nights/1" ? 404 : 200), $"{role} at /{path}: {shown.Status}");
            }
        }
    }

    [Fact]
    public async Task Who_lost_all_roles_sees_nothing()
    {
        await pages.AddAsync("ada@hospital.example", Role.Reader);
        using var visitor = pages.Visit();
        await visitor.LogInAsync("ada@hospital.example");
        (await visitor.GetAsync("")).Is(200);
        (await visitor.GetAsync("nowhere")).Is(404).Says("There is no such page");
        using var stranger = pages.Visit();
        (await stranger.GetAsync("nowhere")).Is(302);
    }

    [Fact]
    public void What_is_open_without_a_login_is_listed() =>
        Assert.Equal(
            Open.Order(StringComparer.Ordinal),
            pages.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_address_is_open_on_purpose_or_needs_a_role()
    {
        Assert.True(pages.Endpoints.Count > 15);
        Assert.Empty(pages.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                && !endpoint.RoutePattern.RawText!.StartsWith("{*path", StringComparison.Ordinal) && endpoint.RoutePattern.RawText != "/logout"
                && !endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Any())
            .Select(endpoint => endpoint.RoutePattern.RawText));
    }
}
