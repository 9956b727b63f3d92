namespace CarTIngest.Simulation;

/// <param name="Night">The evening to which it came.</param>
internal sealed record WorldEnd(WorldTally Tally, DateOnly Night, IReadOnlyList<Broken> Faults, Trace Trace);

/// <summary>What happened in a world.</summary>
internal sealed class WorldTally
{
    private readonly Dictionary<Outcome, int> ends = [];

    /// <summary>Runs of the nightly code that opened their book.</summary>
    public int Nights { get; private set; }

    public int Sleeps { get; set; }

    public int Jumps { get; set; }

    public int Steps { get; private set; }

    public int Of(Outcome outcome) => ends.GetValueOrDefault(outcome);

    public void Count(Actor actor, Outcome outcome)
    {
        ends[outcome] = Of(outcome) + 1;
        Nights += actor.Run is null ? 0 : 1;
        Steps += actor.Steps;
    }

    public void Add(WorldTally other)
    {
        foreach (var (outcome, count) in other.ends)
        {
            ends[outcome] = Of(outcome) + count;
        }

        (Nights, Sleeps, Jumps, Steps) = (Nights + other.Nights, Sleeps + other.Sleeps, Jumps + other.Jumps, Steps + other.Steps);
    }
}
