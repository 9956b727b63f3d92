namespace CarTIngest.Host.Web;

/// <summary>Marks what supervisors ask, over plain http and without a login: <c>/health/…</c>, metrics.</summary>
public sealed class OpenToProbes
{
    public static readonly OpenToProbes Mark = new();
}

public static class OpenToProbesMark
{
    /// <summary>Nothing that is told there may be secret.</summary>
    public static TBuilder OpenToProbes<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous().WithMetadata(Web.OpenToProbes.Mark);
}
