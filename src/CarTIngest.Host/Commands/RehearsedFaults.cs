using System.Globalization;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Host.Commands;

/// <summary>What <c>--faults</c> asks of a rehearsal: a stand-in that fails, and a client whose patience is short enough that a late answer is felt.</summary>
internal sealed class RehearsedFaults
{
    /// <summary>Seconds that the client gives one try: the stand-in answers in milliseconds, and one that stalls should not hold a night up.</summary>
    public const string PatienceSeconds = "2";

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(3);

    private readonly FaultPlan plan;

    private RehearsedFaults(FaultPlan plan) => this.plan = plan;

    /// <param name="text">RATE, RATE@SEED or a file.</param>
    /// <exception cref="UsageException">It is none of these, or a line of the file is no rule.</exception>
    public static RehearsedFaults Read(string text)
    {
        try
        {
            return new RehearsedFaults(FaultPlan.Read(text));
        }
        catch (UnreadableFaultsException unreadable)
        {
            throw new UsageException($"--faults {unreadable.Message}");
        }
    }

    public RequestGate GateWith(int retryAfterSeconds) => new FaultGate(plan, new FaultTimes { Stall = Stall, RetryAfterSeconds = retryAfterSeconds }, TimeProvider.System).PassAsync;

    /// <summary>How many faults of each name were given.</summary>
    public static string Tell(RehearsalLog log)
    {
        var calls = log.Snapshot();
        var given = calls.Where(call => call.Fault is not null).CountBy(call => call.Fault!).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{given.Sum(kind => kind.Value):N0} faults in {calls.Count:N0} requests{(given.Count > 0 ? ": " : "")}{string.Join(", ", given.Select(kind => $"{kind.Key} {kind.Value}"))}.");
    }
}
