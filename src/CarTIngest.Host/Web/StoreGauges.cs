using System.Diagnostics.Metrics;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Web;

/// <summary>
/// What the store holds, as numbers that a monitor asks for at any time: read anew every half minute, so that asking costs the database nothing.
/// While the store does not answer, the numbers are absent rather than old.
/// </summary>
internal sealed partial class StoreGauges : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(30);

    private readonly StoreNumbers numbers;
    private readonly StartUp start;
    private readonly TimeProvider clock;
    private readonly ILogger<StoreGauges> log;
    private readonly Meter meter = new("CarTIngest.Store");
    private volatile IReadOnlyList<StoreNumber> last = [];

    public StoreGauges(StoreNumbers numbers, StartUp start, TimeProvider clock, ILogger<StoreGauges> log)
    {
        (this.numbers, this.start, this.clock, this.log) = (numbers, start, clock, log);
        Gauge(StoreNumber.LastSuccess, "s", "When the last complete night of a source ended, in seconds since 1970.");
        Gauge(StoreNumber.Lag, "s", "How long ago the last complete night of a source ended.");
        Gauge(StoreNumber.Held, "{record}", "Records held, those that their source deleted left out.");
        Gauge(StoreNumber.Quarantine, "{piece}", "Pieces that could not be read.");
        Gauge(StoreNumber.Outbox, "{message}", "Messages by state.");
        Gauge(StoreNumber.Alarms, "{alarm}", "Alarms that last, by condition.");
        Gauge(StoreNumber.Lost, "{record}", "Records of included studies that the searches or the rulebook lost.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                last = await numbers.ReadAsync(stoppingToken);
            }
            catch (SystemException failure) when (StoreFailure.Says(failure) is not null || StoreFailure.IsDamage(failure))
            {
                // Whatever works on a damaged store says so itself, and ends by it.
                last = [];
                NotRead(failure.GetBaseException().Message);
            }

            await Task.Delay(Often, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Gauge(string name, string unit, string description) => meter.CreateObservableGauge(
        name, () => last.Where(number => number.Name == name).Select(number => new Measurement<double>(number.Value, [.. number.Tags])), unit, description);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store's numbers were not read: {Says}")]
    private partial void NotRead(string says);
}
