using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web.Pages;

namespace CarTIngest.Host.Web;

/// <summary>Every page, and who may see it. A page is a .razor file and its line here.</summary>
internal static class PageList
{
    public const string Dashboard = "/hangfire";

    /// <summary>For who is logged in.</summary>
    public static readonly IReadOnlyList<Page> ForPeople =
    [
        new("/", typeof(Status), Role.All),
        new("/nights/{run:long}", typeof(Night), Role.All),
        new("/people", typeof(Everybody), PeopleForms.MayKeepAccounts),
        new("/people/{id:long}", typeof(OnePerson), PeopleForms.MayKeepAccounts),
        new("/account", typeof(OwnAccount), Role.All),
    ];

    public static readonly IReadOnlyList<Page> ForEverybody =
    [
        new("/login", typeof(Login), []),
        new("/setup", typeof(Setup), []),
        new("/invite", typeof(Invitation), []),
        new("/unsubscribe/{id}", typeof(Unsubscribe), []),
    ];

    /// <summary>What the demo shows: it knows no accounts.</summary>
    public static readonly IReadOnlyList<Page> InTheDemo = [.. ForPeople.Where(page => page.Component == typeof(Status) || page.Component == typeof(Night))];
}

/// <param name="Roles">One of them is needed; empty for who is not logged in.</param>
internal sealed record Page(string Route, Type Component, IReadOnlyList<string> Roles);
