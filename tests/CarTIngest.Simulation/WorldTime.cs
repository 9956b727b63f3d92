namespace CarTIngest.Simulation;

/// <summary>The true time of a world. It only goes forward.</summary>
internal sealed class WorldTime(DateTimeOffset begins)
{
    public DateTimeOffset Now { get; private set; } = begins;

    public void Pass(TimeSpan span) => Now += span;

    public void PassTo(DateTimeOffset moment) => Now = moment > Now ? moment : Now;
}

/// <summary>What one machine takes for the time: true time, and how far its clock is off.</summary>
internal sealed class MachineClock(WorldTime world) : TimeProvider
{
    public TimeSpan Off { get; set; }

    public override DateTimeOffset GetUtcNow() => world.Now + Off;
}
