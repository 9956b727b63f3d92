using System.Reflection;
using CarTIngest.Host.Storage.Model;
using Hangfire;
using Hangfire.Dashboard;

namespace CarTIngest.Host.Web;

/// <summary>Hangfire's dashboard behind the same login: operators act, the others look.</summary>
internal static class DashboardSetup
{
    /// <summary>Milliseconds between two looks at the counts.</summary>
    private const int Polling = 5000;

    /// <summary>Hangfire keeps its style sheets for the whole process.</summary>
    private static readonly Lazy<bool> Style = new(AddStyle);

    public static void MapDashboard(this WebApplication app)
    {
        _ = Style.Value;
        app.MapHangfireDashboard(PageList.Dashboard, new DashboardOptions
        {
            // Hangfire's own filter lets in what looks local, and behind a proxy everything does.
            Authorization = [new LoggedIn()],
            IsReadOnlyFunc = context => !context.GetHttpContext().User.IsInRole(Role.Operator),
            DashboardTitle = "CarTIngest jobs",
            AppPath = "/",
            FaviconPath = "/icon.svg",
            DisplayStorageConnectionString = false,
            StatsPollingInterval = Polling,
            IgnoreAntiforgeryToken = false,
        }).RequireAuthorization(policy => policy.RequireRole(Role.All));
    }

    private static bool AddStyle()
    {
        var assembly = Assembly.GetExecutingAssembly();
        DashboardRoutes.AddStylesheet(assembly, "dashboard.css");
        DashboardRoutes.AddStylesheetDarkMode(assembly, "dashboard-dark.css");
        return true;
    }

    private sealed class LoggedIn : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => Role.All.Any(context.GetHttpContext().User.IsInRole);
    }
}
