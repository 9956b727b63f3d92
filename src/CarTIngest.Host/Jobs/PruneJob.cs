using CarTIngest.Host.Storage;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>Forgets what may be forgotten; <see cref="Pruning"/> says what that is.</summary>
public sealed partial class PruneJob(Pruning pruning, ILogger<PruneJob> log)
{
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pruned = await pruning.RunAsync(cancellationToken);
        Pruned(pruned.Bodies, pruned.Alarms, pruned.Codes);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Forgotten: the texts of {Bodies} old messages, {Alarms} old alarms, {Codes} set-up codes.")]
    private partial void Pruned(int bodies, int alarms, int codes);
}
