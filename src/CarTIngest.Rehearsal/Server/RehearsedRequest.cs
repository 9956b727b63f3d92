using CarTIngest.Rehearsal.Corpus;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CarTIngest.Rehearsal.Server;

/// <summary>One request as a gate sees it; a feature of its <see cref="HttpContext"/>.</summary>
public sealed class RehearsedRequest
{
    internal RehearsedRequest(string endpoint, int nth, int nthOfNight, NightInForce inForce) =>
        (Endpoint, Nth, NthOfNight, InForce) = (endpoint, nth, nthOfNight, inForce);

    /// <summary>One of <see cref="EndpointNames"/>.</summary>
    public string Endpoint { get; }

    /// <summary>Which request to this endpoint it is since the start, from 1; refused ones count.</summary>
    public int Nth { get; }

    /// <summary>The same since the night began.</summary>
    public int NthOfNight { get; }

    /// <summary>The night that answers it.</summary>
    public DateOnly Night => InForce.Night;

    /// <summary>The name of the fault that was given in place of the answer; null where none was.</summary>
    public string? Fault { get; internal set; }

    internal NightInForce InForce { get; }

    /// <summary>The feature of a request that the stand-in received.</summary>
    /// <exception cref="InvalidOperationException">The context belongs to no stand-in.</exception>
    public static RehearsedRequest Of(HttpContext context) => context.Features.GetRequiredFeature<RehearsedRequest>();
}
