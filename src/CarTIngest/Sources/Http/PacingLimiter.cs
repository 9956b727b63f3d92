using System.Threading.RateLimiting;

namespace CarTIngest.Sources.Http;

/// <summary>
/// Spaces the starts of requests evenly, over all callers and retries of one host, first come first served. A token bucket would let a burst
/// through, and the services count bursts. With a <see cref="PaceFile"/> the same holds over all processes that share it. Blind spot: what the network does between a
/// start here and its arrival there.
/// </summary>
public sealed class PacingLimiter : RateLimiter
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> line = [];
    private readonly TimeProvider clock;
    private readonly PaceFile? shared;
    private readonly long spacing;
    private readonly ITimer alarm;
    private long nextStart;
    private long started;
    private bool granting;
    private bool disposed;

    /// <param name="requestsPerSecond">Above 0. In no second are more than this, rounded up, and one more begun.</param>
    /// <param name="clock">Its monotonic timestamps are used, never its wall clock.</param>
    /// <param name="shared">Over which other processes keep the same pace; null: this one is alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a positive finite number.</exception>
    public PacingLimiter(double requestsPerSecond, TimeProvider clock, PaceFile? shared = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (!double.IsFinite(requestsPerSecond) || requestsPerSecond <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(requestsPerSecond), requestsPerSecond, "A pace is a positive number of requests per second.");
        }

        this.clock = clock;
        this.shared = shared;
        spacing = (long)Math.Ceiling(clock.TimestampFrequency / requestsPerSecond);
        nextStart = clock.GetTimestamp();
        alarm = clock.CreateTimer(static me => ((PacingLimiter)me!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration => null;

    /// <summary>No caller starts before so long from now. Pauses do not add up: the farthest end counts.</summary>
    public void PauseFor(TimeSpan pause)
    {
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        var ticks = (long)(Math.Min(pause.TotalSeconds, LongestSleep.TotalSeconds) * clock.TimestampFrequency);
        lock (gate)
        {
            nextStart = Math.Max(nextStart, clock.GetTimestamp() + ticks);
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (gate)
        {
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = MayStart() ? 1 : 0,
                CurrentQueuedCount = line.Count,
                TotalSuccessfulLeases = started,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            // Who shares the pace must wait for the others' word.
            if (permitCount > 0 && (shared is not null || !MayStart()))
            {
                return Lease.Refused;
            }

            if (permitCount > 0)
            {
                Start();
            }

            return Lease.Granted;
        }
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource>? place = null;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (permitCount == 0)
            {
                return Lease.Granted;
            }

            if (MayStart())
            {
                granting = true;
            }
            else
            {
                place = line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                SetAlarm();
            }
        }

        if (place is not null)
        {
            await using (cancellationToken.UnsafeRegister((_, token) => Leave(place, token), null))
            {
                await place.Value.Task;
            }
        }

        await StartAsync(cancellationToken);
        return Lease.Granted;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (gate)
            {
                disposed = true;
                alarm.Dispose();
                foreach (var waiting in line)
                {
                    waiting.TrySetException(new ObjectDisposedException(nameof(PacingLimiter)));
                }

                line.Clear();
            }
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        // The base class lets go of nothing by itself when it is disposed this way.
        Dispose(disposing: true);
        return base.DisposeAsyncCore();
    }

    /// <summary>The first in line goes on, in its turn among the processes; nobody else of this one starts meanwhile.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (shared is not null)
            {
                await shared.TakeTurnAsync(spacing, cancellationToken);
            }
        }
        finally
        {
            // The spacing counts from here, where the caller really goes on, and not from the alarm: on a busy machine a late caller would else be overtaken by the next.
            lock (gate)
            {
                granting = false;
                Start();
                SetAlarm();
            }
        }
    }

    private bool MayStart() => !granting && line.Count == 0 && clock.GetTimestamp() >= nextStart;

    private void Start()
    {
        nextStart = Math.Max(nextStart, clock.GetTimestamp() + spacing);
        started++;
    }

    private void Leave(LinkedListNode<TaskCompletionSource> place, CancellationToken token)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                line.Remove(place);
                place.Value.TrySetCanceled(token);
            }
        }
    }

    private void Ring()
    {
        lock (gate)
        {
            if (disposed || granting || line.First is not { } first)
            {
                return;
            }

            // A timer may ring a millisecond early, and a pause may have come since it was set.
            if (clock.GetTimestamp() < nextStart)
            {
                SetAlarm();
                return;
            }

            line.Remove(first);
            granting = true;
            first.Value.TrySetResult();
        }
    }

    private void SetAlarm()
    {
        if (disposed || granting || line.Count == 0)
        {
            return;
        }

        var seconds = Math.Max(0, nextStart - clock.GetTimestamp()) / (double)clock.TimestampFrequency;
        alarm.Change(TimeSpan.FromMilliseconds(Math.Ceiling(seconds * 1000)), Timeout.InfiniteTimeSpan);
    }

    private sealed class Lease(bool isAcquired) : RateLimitLease
    {
        public static Lease Granted { get; } = new(true);

        public static Lease Refused { get; } = new(false);

        public override bool IsAcquired { get; } = isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
