using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>Stands before the stand-in's answers and spoils those that the plan says. What it gave is in the log, call by call.</summary>
public sealed class FaultGate(FaultPlan plan, FaultTimes times, TimeProvider clock)
{
    private readonly DriftedData drifted = new();

    /// <summary>A <see cref="RequestGate"/>.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var request = RehearsedRequest.Of(context);
        var met = plan.For(request);
        var late = drifted.Has(request.Night) && request.Endpoint == EndpointNames.Version;
        if (met is null && !late)
        {
            await next(context);
            return;
        }

        var parameters = await Parameters.ReadAsync(context.Request, context.RequestAborted);
        var call = new FaultCall(context, next, request, parameters, met?.Dice ?? new FaultDice(""), times, clock, drifted);
        if (met is not { } wanted)
        {
            await RegistryFaults.TellLaterVersionAsync(call, context.RequestAborted);
            return;
        }

        var fault = FaultKinds.For(wanted.Fault, request.Endpoint, parameters);
        request.Fault = fault.Name;
        await fault.Act(call, context.RequestAborted);
    }
}
