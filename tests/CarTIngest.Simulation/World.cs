using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Records;

namespace CarTIngest.Simulation;

/// <summary>One seed's world: two sources, two machines, one store. It plays the actors of an evening, one at a time, by the throw of the dice.</summary>
internal sealed class World : IStage
{
    private static readonly ScheduleOptions Schedule = new();
    private static readonly TimeSpan BeyondAnyTerm = Leases.Term + Leases.LargestSkew + TimeSpan.FromMinutes(1);

    private readonly SimulatedDisk disk;
    private readonly HashSet<RecordId> included = [];
    private readonly HashSet<string> knownDead = new(StringComparer.Ordinal);
    private readonly List<Actor> evening = [];
    private int actors;

    public World(Dice dice, SimulatedDisk disk, Trace trace, WorldShape shape)
    {
        (Dice, this.disk, Trace) = (dice, disk, trace);
        disk.Clear();
        Today = dice.Pick(shape.Begins);
        Time = new WorldTime(Schedule.BeginningOf(Today));
        Machines = [new MachineClock(Time), new MachineClock(Time)];
        Truths = [new SourceTruth("pubmed", dice.Fork(), Today, shape), new SourceTruth("clinicaltrials", dice.Fork(), Today, shape)];
        Model = new Model(disk.View);
    }

    public Dice Dice { get; }

    public Trace Trace { get; }

    public WorldTime Time { get; }

    public IReadOnlyList<MachineClock> Machines { get; }

    public IReadOnlyList<SourceTruth> Truths { get; }

    public Model Model { get; }

    public WorldTally Tally { get; } = new();

    /// <summary>The true date of the evening.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>Steps of the last whole night: where in the next one something may happen.</summary>
    public int StepsOfANight { get; private set; } = 60;

    public void Dawn()
    {
        Today = Today.AddDays(1);
        Time.PassTo(Schedule.BeginningOf(Today));
    }

    public void PassAnyTerm() => Time.Pass(BeyondAnyTerm);

    /// <summary>A night of one machine, about to begin.</summary>
    public Actor Night(int machine, Fate fate, Func<Dice, Trouble> trouble, string? only = null)
    {
        var actor = NewActor("night", machine, fate);
        var throws = Dice.Fork();
        var asked = Truths.Select(truth =>
        {
            var journal = new Journal(truth.Name);
            actor.Journals.Add(journal);
            return new SimulatedSource(truth, trouble(throws), throws.Fork(), actor, journal);
        }).ToList();
        var product = new Product(disk, included, knownDead.Contains);
        actor.Does(token => product.NightAsync(actor, asked, only, token));
        return actor;
    }

    /// <summary>A night on which nothing goes wrong.</summary>
    public Actor QuietNight(int machine) => Night(machine, Fate.None, _ => Trouble.None);

    /// <summary>The same, begun by a person who has confirmed that an arm matches so much less.</summary>
    public Actor ConfirmedNight(int machine)
    {
        var night = QuietNight(machine);
        night.ToleratedShrinkPercent = 100;
        night.Journals.ForEach(journal => journal.ToleratedShrinkPercent = 100);
        return night;
    }

    public Actor Import(int machine, Fate fate, byte[] content, ImportAs kind)
    {
        var actor = NewActor("import", machine, fate);
        var product = new Product(disk, included, knownDead.Contains);
        actor.Does(token => product.ImportAsync(actor, content, kind, token));
        return actor;
    }

    /// <summary>A study was included: its record is read every night from now on.</summary>
    public void Include(RecordId id) => included.Add(id);

    /// <summary>One actor at a time goes on until all have ended.</summary>
    public async Task PlayAsync(IEnumerable<Actor> cast, CancellationToken cancellationToken)
    {
        evening.Clear();
        evening.AddRange(cast);
        while (evening.Where(actor => actor.Outcome is null).ToList() is { Count: > 0 } going)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var awake = going.Where(actor => !actor.Asleep).ToList();
            if (awake.Count == 0)
            {
                going.ForEach(actor => actor.Asleep = false);
                continue;
            }

            var next = awake.Count == 1 ? awake[0] : Dice.Pick(awake);
            await next.GoAsync();
            if (next.Outcome is { } outcome)
            {
                Ended(next, outcome);
            }
        }
    }

    /// <summary>Whether any of the evening's actors did what it came for.</summary>
    public bool AnyReturned => evening.Any(actor => actor.Outcome == Outcome.Returned);

    public void Dusk()
    {
        Model.EveningEnded();
        evening.ForEach(actor => actor.Dispose());
        evening.Clear();
    }

    public void Passed(Actor actor, StepKind kind, string what)
    {
        Time.Pass(TimeSpan.FromMilliseconds(40));
        Trace.Add($"{actor.Name} {kind} {what}");
        if (kind == StepKind.Committed)
        {
            Model.Committed(actor, what);
        }
    }

    public void FellAsleep(Actor actor)
    {
        actor.Asleep = true;
        Tally.Sleeps++;
        Time.Pass(Leases.Term + TimeSpan.FromMinutes(Dice.Between(1, 30)));
        // The service on the other machine finds the night missed, and the source may have moved on.
        Array.ForEach([.. Truths], truth => truth.Evolve(Today, 1));
        evening.Add(QuietNight(actor.Clock == Machines[0] ? 1 : 0));
    }

    public bool WantsAnother(Actor actor) => evening.Count > 1 && evening.Any(other => other != actor && other is { Outcome: null, Asleep: false }) && Dice.OneIn(4);

    private Actor NewActor(string kind, int machine, Fate fate) => new($"{kind} {++actors} on {machine}", Machines[machine], fate, this);

    private void Ended(Actor actor, Outcome outcome)
    {
        Trace.Add($"{actor.Name} {outcome}");
        Tally.Count(actor, outcome);
        if (outcome == Outcome.Died && Dice.OneIn(2))
        {
            // The next process on the same machine can tell; one elsewhere cannot.
            knownDead.Add(actor.Name);
        }

        if (outcome == Outcome.Failed && !actor.Struck)
        {
            Model.Say("nothing fails by itself", $"{actor.Name}: {actor.Says}");
        }

        if (outcome == Outcome.Returned && actor.Journals.Count > 0)
        {
            StepsOfANight = actor.Steps;
        }
    }
}

/// <param name="Begins">Its first days, of which one is drawn.</param>
/// <param name="MostRecords">Of a source at the beginning.</param>
/// <param name="Silent">Whether a source may change a record without a word; then what is seen of it depends on when it is read.</param>
internal sealed record WorldShape(IReadOnlyList<DateOnly> Begins, int MostRecords, bool Silent)
{
    /// <summary>Days on which calendars stumble: summer time comes and goes, a leap day, the end of a year.</summary>
    public static IReadOnlyList<DateOnly> StumblingDays { get; } = [new(2026, 3, 5), new(2026, 10, 29), new(2028, 2, 26), new(2026, 12, 28), new(2027, 6, 1)];
}
