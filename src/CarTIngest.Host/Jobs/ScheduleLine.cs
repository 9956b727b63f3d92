using System.Linq.Expressions;
using Hangfire.Common;

namespace CarTIngest.Host.Jobs;

/// <summary>One recurring job.</summary>
/// <param name="Id">As the dashboard shows it.</param>
/// <param name="Cron">Minute, hour, day, month, day of the week.</param>
/// <param name="Zone">Whose clock the cron text means.</param>
public sealed record ScheduleLine(string Id, string Cron, TimeZoneInfo Zone, Job Call)
{
    /// <param name="call">Arguments are ids, dates or a source's name, and nothing secret: they stand in the dashboard.</param>
    public static ScheduleLine Of<T>(string id, string cron, TimeZoneInfo zone, Expression<Func<T, Task>> call) => new(id, cron, zone, Job.FromExpression(call));
}
