using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>What a fault does with one request.</summary>
internal delegate Task FaultAct(FaultCall call, CancellationToken cancellationToken);

/// <summary>One way in which a service fails, as it was seen to fail.</summary>
internal sealed record Fault(string Name, FaultAct Act)
{
    /// <summary>Where it makes sense; null: everywhere.</summary>
    public IReadOnlyList<string>? Endpoints { get; init; }

    /// <summary>Which requests to these endpoints it makes sense for.</summary>
    public Func<Parameters, bool> Suits { get; init; } = _ => true;

    /// <summary>What is given in its place where it makes no sense.</summary>
    public string Nearest { get; init; } = "503";

    /// <summary>Whether a client can outlive it, so that it may be drawn.</summary>
    public bool Drawn { get; init; }

    public bool BelongsTo(string endpoint) => Endpoints is null || Endpoints.Contains(endpoint);
}
