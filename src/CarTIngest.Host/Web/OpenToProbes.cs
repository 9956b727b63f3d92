namespace CarTIngest.Host.Web;

/// <summary>Marks what supervisors ask, over plain http and without a login: <c>/health/…</c>.</summary>
public sealed class OpenToProbes
{
    public static readonly OpenToProbes Mark = new();
}

public static class OpenToProbesMark
{
    /// <summary>Nothing that is told there may be secret.</summary>
    public static TBuilder OpenToProbes<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous().WithMetadata(Web.OpenToProbes.Mark);

    /// <summary>Whether what is asked for bears the mark; after routing.</summary>
    public static bool AsksAsProbe(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetEndpoint()?.Metadata.GetMetadata<OpenToProbes>() is not null;
    }
}
