using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;

namespace CarTIngest.Simulation;

/// <summary>One seed's world: two sources, two machines, one store, and evening after evening on which things go wrong. At its end it is left in peace, and must be whole.</summary>
internal sealed class World : IStage
{
    private static readonly ScheduleOptions Schedule = new();

    private readonly SimulatedDisk disk;
    private readonly Dice dice;
    private readonly WorldTime time;
    private readonly MachineClock[] machines;
    private readonly SourceTruth[] truths;
    private readonly StoreView view;
    private readonly Model model;
    private readonly HashSet<RecordId> included = [];
    private readonly HashSet<string> knownDead = new(StringComparer.Ordinal);
    private readonly List<Actor> evening = [];
    private readonly WorldTally tally = new();
    private DateOnly today;
    private int actors;
    private int stepsOfANight = 60;

    public World(ulong seed, SimulatedDisk disk, TraceLines kept)
    {
        (this.disk, dice, Trace) = (disk, new Dice(seed), new Trace(kept));
        // Days on which calendars stumble: summer time comes and goes, a leap day, the end of a year.
        today = dice.Pick<DateOnly>([new(2026, 3, 5), new(2026, 10, 29), new(2028, 2, 26), new(2026, 12, 28), new(2027, 6, 1)]);
        time = new WorldTime(Schedule.BeginningOf(today));
        machines = [new MachineClock(time), new MachineClock(time)];
        var most = dice.Pick([4, 12, 40]);
        truths = [new SourceTruth("pubmed", dice.Fork(), today, most), new SourceTruth("clinicaltrials", dice.Fork(), today, most)];
        view = disk.View;
        model = new Model(view);
    }

    public Trace Trace { get; }

    public async Task<WorldEnd> PlayAsync(CancellationToken cancellationToken)
    {
        disk.Clear();
        for (var evenings = dice.Between(5, 20); evenings > 0 && model.Faults.Count == 0; evenings--)
        {
            await EveningAsync(Hazards.All, cancellationToken);
        }

        for (var quiet = truths.Max(truth => truth.Reread.WithinDays) + 2; quiet > 0 && model.Faults.Count == 0; quiet--)
        {
            await EveningAsync(Hazards.None, cancellationToken);
        }

        if (model.Faults.Count == 0)
        {
            await AtTheEndAsync(cancellationToken);
        }

        return new WorldEnd(tally, today, model.Faults, Trace);
    }

    public void Passed(Actor actor, StepKind kind, string what)
    {
        time.Pass(TimeSpan.FromMilliseconds(40));
        Trace.Add($"{actor.Name} {kind} {what}");
        if (kind == StepKind.Committed)
        {
            model.Committed(actor, what);
        }
    }

    public void FellAsleep(Actor actor)
    {
        actor.Asleep = true;
        tally.Sleeps++;
        time.Pass(Leases.Term + TimeSpan.FromMinutes(dice.Between(1, 30)));
        // The service on the other machine finds the night missed.
        evening.Add(Night(1 - Array.IndexOf(machines, actor.Clock), Hazards.None, only: null));
    }

    public bool WantsAnother(Actor actor) => evening.Count > 1 && evening.Any(other => other != actor && other is { Outcome: null, Asleep: false }) && dice.OneIn(4);

    private async Task EveningAsync(Hazards hazards, CancellationToken cancellationToken)
    {
        today = today.AddDays(1);
        time.PassTo(Schedule.BeginningOf(today));
        foreach (var truth in truths)
        {
            truth.Evolve(today, hazards == Hazards.All ? 6 : 0);
            if (hazards == Hazards.None)
            {
                truth.Heal();
            }
        }

        if (hazards == Hazards.All)
        {
            Jump();
            evening.Add(Night(dice.Below(2), hazards, dice.OneIn(8) ? dice.Pick(truths).Name : null));
            if (dice.OneIn(3))
            {
                evening.Add(Night(dice.Below(2), hazards, dice.OneIn(4) ? dice.Pick(truths).Name : null));
            }

            if (dice.OneIn(6))
            {
                evening.Add(Import(dice.Below(2)));
            }
        }
        else
        {
            Array.ForEach(machines, machine => machine.Off = TimeSpan.Zero);
            time.Pass(Leases.Term * 2 + TimeSpan.FromMinutes(1));
            evening.Add(Night(0, hazards, only: null));
        }

        await PlayOutAsync(cancellationToken);
        if (evening.All(actor => actor.Outcome != Outcome.Returned) && model.Faults.Count == 0)
        {
            await AfterTheTermAsync(cancellationToken);
        }

        model.EveningEnded();
        evening.ForEach(actor => actor.Dispose());
        evening.Clear();
    }

    /// <summary>However the evening went: two terms later the store must be free to anyone. Where the clocks differ, two terms after the first who was refused.</summary>
    private async Task AfterTheTermAsync(CancellationToken cancellationToken)
    {
        Actor late;
        var tries = machines.All(machine => machine.Off == TimeSpan.Zero) ? 1 : 2;
        do
        {
            time.Pass(Leases.Term * 2 + TimeSpan.FromMinutes(1));
            late = Night(dice.Below(2), Hazards.None, only: null);
            evening.Add(late);
            await PlayOutAsync(cancellationToken);
        }
        while (late.Outcome == Outcome.Refused && --tries > 0);

        if (late.Outcome != Outcome.Returned)
        {
            model.Say("the lease ends", $"Two terms after all had ended {late.Name} ended so: {late.Outcome} {late.Says}");
        }
    }

    /// <summary>One actor at a time goes on, by the throw of the dice, until all have ended.</summary>
    private async Task PlayOutAsync(CancellationToken cancellationToken)
    {
        while (evening.Where(actor => actor.Outcome is null).ToList() is { Count: > 0 } going)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var awake = going.Where(actor => !actor.Asleep).ToList();
            if (awake.Count == 0)
            {
                going.ForEach(actor => actor.Asleep = false);
                continue;
            }

            var next = awake.Count == 1 ? awake[0] : dice.Pick(awake);
            await next.GoAsync();
            if (next.Outcome is { } outcome)
            {
                Ended(next, outcome);
            }
        }
    }

    private void Ended(Actor actor, Outcome outcome)
    {
        Trace.Add($"{actor.Name} {outcome}");
        tally.Count(actor, outcome);
        if (outcome == Outcome.Died && dice.OneIn(2))
        {
            // The next process on the same machine can tell; one elsewhere cannot.
            knownDead.Add(actor.Name);
        }

        if (outcome == Outcome.Failed && !actor.Struck)
        {
            model.Say("nothing fails by itself", $"{actor.Name}: {actor.Says}");
        }

        if (outcome == Outcome.Returned && actor.Fate.Blow == Blow.None && actor.Journals.Count == truths.Length)
        {
            stepsOfANight = actor.Steps;
        }
    }

    private Actor Night(int machine, Hazards hazards, string? only)
    {
        var actor = NewActor("night", machine, hazards);
        var throws = dice.Fork();
        var asked = truths.Select(truth =>
        {
            var journal = new Journal(truth.Name);
            actor.Journals.Add(journal);
            return new SimulatedSource(truth, hazards == Hazards.All ? Trouble.Draw(throws) : Trouble.None, throws.Fork(), actor, journal);
        }).ToList();
        var houses = new Houses(disk.Options, included, knownDead.Contains);
        actor.Does(token => houses.NightAsync(actor, asked, only, token));
        return actor;
    }

    private Actor Import(int machine)
    {
        var actor = NewActor("import", machine, Hazards.All);
        var lines = new List<byte>();
        var truth = dice.Pick(truths);
        foreach (var record in truth.Records.Values.Where(_ => dice.OneIn(3)))
        {
            lines.AddRange(record.Earlier.Count > 0 && dice.OneIn(2) ? dice.Pick(record.Earlier) : record.Line);
            lines.Add((byte)'\n');
        }

        var houses = new Houses(disk.Options, included, knownDead.Contains);
        var kind = dice.OneIn(2) ? ImportAs.Baseline : ImportAs.Records;
        actor.Does(token => houses.ImportAsync(actor, [.. lines], kind, token));
        return actor;
    }

    private Actor NewActor(string kind, int machine, Hazards hazards)
    {
        var blow = hazards == Hazards.None ? Blow.None : dice.Below(10) switch { < 3 => Blow.Dies, 3 => Blow.Refused, 4 => Blow.Cancelled, 5 => Blow.Sleeps, _ => Blow.None };
        return new Actor($"{kind} {++actors} on {machine}", machines[machine], new Fate(blow, dice.Between(1, stepsOfANight)), this);
    }

    private void Jump()
    {
        if (dice.OneIn(5))
        {
            tally.Jumps++;
            dice.Pick(machines).Off = dice.Below(6) switch
            {
                0 => -TimeSpan.FromHours(1),
                1 => Leases.Term + TimeSpan.FromMinutes(1),
                2 => TimeSpan.FromDays(dice.Between(1, 40)),
                3 => TimeSpan.FromDays(-dice.Between(1, 40)),
                4 => TimeSpan.FromDays(365),
                _ => TimeSpan.Zero,
            };
        }
    }

    /// <summary>After the quiet nights: what the sources have is what is held, each record stands where it must, and the store is whole.</summary>
    private async Task AtTheEndAsync(CancellationToken cancellationToken)
    {
        foreach (var truth in truths)
        {
            var held = view.Records(truth.Name);
            foreach (var record in truth.Records.Values.Where(record => record.Given))
            {
                var now = held.GetValueOrDefault(record.Id);
                var must = record.Arms != 0 ? Standing.Current : Standing.Left;
                if (now is null ? record.Arms != 0 : now.Announced && (now.Standing != must || now.Content != ContentHash.Of(record.Line).Hex))
                {
                    model.Say("it converges", $"{record.Id} is {now?.ToString() ?? "not held"} after all the quiet nights and must be {must} with the content {ContentHash.Of(record.Line).Hex}.");
                }
            }

            foreach (var record in truth.Records.Values.Where(record => !record.Given && held.GetValueOrDefault(record.Id) is { Announced: true, Standing: not Standing.Gone }))
            {
                model.Say("it converges", $"{record.Id} is not given any more and is {held[record.Id].Standing}.");
            }
        }

        var whole = await new Integrity(new StoreFactory(disk.Options), RecordLine.ReadStoredAsync).VerifyAsync(cancellationToken);
        foreach (var fault in whole.Faults)
        {
            model.Say("verify", fault);
        }

        Trace.Add(whole.State);
    }
}

internal enum Hazards
{
    None,
    All,
}

internal sealed record WorldEnd(WorldTally Tally, DateOnly Night, IReadOnlyList<Broken> Faults, Trace Trace);

/// <summary>What happened in a world.</summary>
internal sealed class WorldTally
{
    private readonly Dictionary<Outcome, int> ends = [];

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
