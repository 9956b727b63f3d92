using CarTIngest.Host.Nightly;
using Hangfire;
using Hangfire.Storage;

namespace CarTIngest.Host.Jobs;

/// <summary>The schedule as it stands in Hangfire's book, which all workers share.</summary>
public sealed partial class WrittenSchedule(JobStorage storage, IRecurringJobManager recurring, ScheduleOptions options, IReadOnlyList<AskedSource> sources, ILogger<WrittenSchedule> log)
{
    /// <summary>Of 15 seconds each: longer than a lock stays that a killed worker left behind.</summary>
    private const int Tries = 6;

    /// <summary>Writes what stands there otherwise, and takes away what is no longer named.</summary>
    public void Write()
    {
        using var connection = storage.GetConnection();
        var written = connection.GetRecurringJobs().ToDictionary(job => job.Id, StringComparer.Ordinal);
        var lines = Schedule.Of(options, sources.Select(source => source.Name));
        foreach (var line in lines.Where(line => !written.TryGetValue(line.Id, out var job) || !IsAsWritten(line, job)))
        {
            InTurn(line.Id, () => recurring.AddOrUpdate(line.Id, line.Call, line.Cron, new RecurringJobOptions { TimeZone = line.Zone }));
        }

        foreach (var gone in written.Keys.Except(lines.Select(line => line.Id), StringComparer.Ordinal))
        {
            InTurn(gone, () => recurring.RemoveIfExists(gone));
        }
    }

    private static bool IsAsWritten(ScheduleLine line, RecurringJobDto job) =>
        job.Cron == line.Cron && job.TimeZoneId == line.Zone.Id && job.Job is { } call
        && InvocationData.SerializeJob(call).SerializePayload() == InvocationData.SerializeJob(line.Call).SerializePayload();

    /// <summary>Another worker may write the same line this moment, or have been killed while it did.</summary>
    private void InTurn(string id, Action write)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                write();
                return;
            }
            catch (DistributedLockTimeoutException) when (left > 1)
            {
                Waits(id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recurring job {Id} cannot be written yet: another worker is at it, or was killed in it.")]
    private partial void Waits(string id);
}
