using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Simulation;

/// <summary>One process at work on the store: a night or an import, step by step. It stops only where it says <see cref="StepAsync"/>, and goes on when told.</summary>
internal sealed class Actor(string name, MachineClock clock, Fate fate, IStage stage) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private TaskCompletionSource parked = new();
    private TaskCompletionSource? resume;
    private Func<CancellationToken, Task<NightReport?>>? body;

    /// <summary>Names it as a holder of leases.</summary>
    public string Name { get; } = name;

    public MachineClock Clock { get; } = clock;

    public Fate Fate { get; } = fate;

    /// <summary>How much an arm may shrink on this night, in percent: 100 where a person has confirmed that it did.</summary>
    public int ToleratedShrinkPercent { get; set; } = Product.ToleratedShrinkPercent;

    public int Steps { get; private set; }

    public bool Dead { get; private set; }

    /// <summary>Asleep until all others have ended.</summary>
    public bool Asleep { get; set; }

    /// <summary>Whether its fate befell it.</summary>
    public bool Struck { get; private set; }

    public Outcome? Outcome { get; private set; }

    public string Says { get; private set; } = "";

    public NightReport? Report { get; private set; }

    /// <summary>What its sources told it, in the order in which they were asked.</summary>
    public List<Journal> Journals { get; } = [];

    /// <summary>The run that it opened.</summary>
    public long? Run { get; set; }

    /// <summary>The tables that its open transaction has written.</summary>
    public SortedSet<string> Written { get; } = new(StringComparer.Ordinal);

    public void Does(Func<CancellationToken, Task<NightReport?>> work) => body = work;

    /// <summary>Lets it go on until it parks or ends.</summary>
    public Task GoAsync()
    {
        // The scheduler goes on in its own time; the actor goes on at once, on this thread.
        parked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var here = parked.Task;
        if (resume is { } waiting)
        {
            resume = null;
            waiting.SetResult();
        }
        else
        {
            _ = LiveAsync();
        }

        return here;
    }

    public async Task StepAsync(StepKind kind, string what)
    {
        if (Dead)
        {
            throw new ProcessDiedException();
        }

        Steps++;
        stage.Passed(this, kind, what);
        var blow = Steps == Fate.At ? Fate.Blow : Blow.None;
        Struck |= blow != Blow.None;
        switch (blow)
        {
            case Blow.Dies:
                Dead = true;
                throw new ProcessDiedException();
            case Blow.Refused when kind != StepKind.Request:
                throw new SqliteException("SQLite Error 13: 'database or disk is full'.", 13);
            case Blow.Cancelled:
                await cancellation.CancelAsync();
                break;
            case Blow.Sleeps when MayStop(kind):
                stage.FellAsleep(this);
                await ParkAsync();
                break;
        }

        if (MayStop(kind) && stage.WantsAnother(this))
        {
            await ParkAsync();
        }
    }

    public void Dispose() => cancellation.Dispose();

    /// <summary>A writer has the whole store from the first statement of its transaction to its end: nobody else could do anything between.</summary>
    private static bool MayStop(StepKind kind) => kind is StepKind.Request or StepKind.Begin or StepKind.Committed;

    private async Task ParkAsync()
    {
        resume = new TaskCompletionSource();
        var going = resume.Task;
        parked.SetResult();
        await going;
    }

    private async Task LiveAsync()
    {
        try
        {
            Report = await body!(cancellation.Token);
            Outcome = Simulation.Outcome.Returned;
        }
        catch (Exception end)
        {
            // Whatever ends it is its outcome; the world judges whether it may.
            (Outcome, Says) = (Dead ? Simulation.Outcome.Died : OutcomeOf(end), Dead ? "" : end.ToString());
        }
        finally
        {
            parked.SetResult();
        }
    }

    private static Outcome OutcomeOf(Exception end) => end switch
    {
        LeaseHeldException => Simulation.Outcome.Refused,
        LeaseLostException => Simulation.Outcome.LostLease,
        OperationCanceledException => Simulation.Outcome.Cancelled,
        _ => Simulation.Outcome.Failed,
    };
}

/// <summary>How an actor ended.</summary>
internal enum Outcome
{
    Returned,

    /// <summary>Another holds the lease.</summary>
    Refused,

    LostLease,
    Cancelled,
    Died,
    Failed,
}

/// <summary>What an actor tells of its steps, and who else may want to go on.</summary>
internal interface IStage
{
    void Passed(Actor actor, StepKind kind, string what);

    void FellAsleep(Actor actor);

    bool WantsAnother(Actor actor);
}
