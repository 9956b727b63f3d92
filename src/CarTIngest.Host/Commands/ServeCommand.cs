using System.CommandLine;
using CarTIngest.Host.Web;

namespace CarTIngest.Host.Commands;

/// <summary><c>serve</c>: the service. Also what no verb means.</summary>
internal static class ServeCommand
{
    private static readonly Option<ServeRole> Role = new("--role")
    {
        Description = "all (default): everything in one process. On PostgreSQL also worker: jobs, and health alone on Web:Urls; any number of them. web: pages and dashboard, no jobs.",
        HelpName = "worker|web|all",
    };

    public static Command Create()
    {
        Role.AcceptOnlyFromAmong("worker", "web", "all");
        var verb = CommonOptions.Verb("serve", "The service: a night every evening, pages, dashboard, health. The first start creates the store and runs a first night.", "serve --set Sources:PubMed:Email=you@hospital.example", Role, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    public static Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken) =>
        ServiceHost.RunAsync(Settings.Read(call), call.GetValue(Role), TimeProvider.System, PageAccess.ByLogin, announce: null, cancellationToken);
}
