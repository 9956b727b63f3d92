using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CarTIngest.Host.Web;

/// <summary>
/// What a supervisor asks: <c>/health/live</c> (the process answers; never what it depends on, for a restart mends no database), <c>/health/startup</c> and <c>/health/ready</c>. One word
/// for everybody; what is the matter is told to who is logged in or sits at this machine.
/// </summary>
public static class HealthSetup
{
    private const string AtStart = "startup";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.TryAddSingleton<StartUp>();
        services.AddHealthChecks().AddCheck<StartUp>(AtStart).AddCheck<StoreHealth>("store");
        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/health/live", () => Results.Text("alive")).OpenToProbes();
        app.MapHealthChecks("/health/startup", new HealthCheckOptions { Predicate = check => check.Name == AtStart, ResponseWriter = WriteAsync }).OpenToProbes();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).OpenToProbes();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.User.Identity?.IsAuthenticated == true || LoopbackGate.IsOpenTo(context)
            ? context.Response.WriteAsJsonAsync(new
            {
                Status = Word(report.Status),
                Checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { Status = Word(entry.Value.Status), Says = entry.Value.Description }),
            })
            : context.Response.WriteAsync(Word(report.Status));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
