using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>When a fault is given. A request is met by its number or by chance, never by both.</summary>
/// <param name="Fault">Null: one is drawn from those that a client can outlive.</param>
/// <param name="Endpoint">Null: every one.</param>
/// <param name="Nth">The number of the request at its endpoint, from 1; of that night where a night is named, else since the start.</param>
internal sealed record FaultRule(Fault? Fault, string? Endpoint, int? Nth, double? Probability, DateOnly? Night)
{
    /// <summary>The fault for this request, if it is met.</summary>
    /// <param name="dice">Made for this rule and this request.</param>
    public Fault? Meets(RehearsedRequest request, FaultDice dice)
    {
        if ((Endpoint is not null && Endpoint != request.Endpoint) || (Night is not null && Night != request.Night))
        {
            return null;
        }

        var met = Nth is { } nth ? nth == (Night is null ? request.Nth : request.NthOfNight) : dice.Happens(Probability ?? 0);
        return met ? Fault ?? FaultKinds.Drawn[dice.Below(FaultKinds.Drawn.Count)] : null;
    }
}
