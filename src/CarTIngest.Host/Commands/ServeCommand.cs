using System.CommandLine;
using CarTIngest.Host.Web;

namespace CarTIngest.Host.Commands;

/// <summary><c>serve</c>: the service. Also what no verb means.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("serve", "The service: a night every evening, pages, dashboard, health. The first start creates the store and runs a first night.", "serve --set Sources:PubMed:Email=you@hospital.example", CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    public static Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken) => ServiceHost.RunAsync(Settings.Read(call), TimeProvider.System, PageAccess.ByLogin, announce: null, cancellationToken);
}
