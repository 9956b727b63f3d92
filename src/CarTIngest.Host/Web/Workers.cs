using Hangfire;

namespace CarTIngest.Host.Web;

/// <summary>The processes that do the work, as the scheduler knows them.</summary>
internal static class Workers
{
    /// <summary>Oldest first. One that has died stays for a while, and is told by its last sign of life.</summary>
    public static IReadOnlyList<Worker> Known(JobStorage jobs) =>
        [.. jobs.GetMonitoringApi().Servers().OrderBy(server => server.StartedAt).Select(server => new Worker(server.Name.Split(':')[0], Utc(server.StartedAt), server.Heartbeat is { } at ? Utc(at) : null))];

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));
}

/// <param name="Seen">Its last sign of life.</param>
internal sealed record Worker(string Name, DateTimeOffset Since, DateTimeOffset? Seen);
