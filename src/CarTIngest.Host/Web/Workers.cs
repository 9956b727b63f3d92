using Hangfire;

namespace CarTIngest.Host.Web;

/// <summary>The processes that do the work, as the scheduler knows them.</summary>
/// <param name="clock">The machine's own, by which the scheduler goes.</param>
internal sealed class Workers(JobStorage jobs, TimeProvider clock)
{
    /// <summary>A server gives a sign of life every half minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Oldest first. One that has died stays until another takes it off the list, and is told by its last sign of life.</summary>
    public IReadOnlyList<Worker> Known()
    {
        var now = clock.GetUtcNow();
        return [.. jobs.GetMonitoringApi().Servers().OrderBy(server => server.StartedAt).Select(server => Of(server.Name.Split(':')[0], Utc(server.StartedAt), server.Heartbeat is { } at ? Utc(at) : null, now))];
    }

    private static Worker Of(string name, DateTimeOffset since, DateTimeOffset? seen, DateTimeOffset now) => new(name, since, seen, now - (seen ?? since) < Patience);

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));
}

/// <param name="Seen">Its last sign of life.</param>
internal sealed record Worker(string Name, DateTimeOffset Since, DateTimeOffset? Seen, bool IsAlive);
