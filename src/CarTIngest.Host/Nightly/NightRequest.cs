using CarTIngest.Sources;
using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Nightly;

/// <param name="Night">The date that the night bears, in the schedule's time zone.</param>
/// <param name="OnlySource">One source's name, or null for all.</param>
public sealed record NightRequest(DateOnly Night, string? OnlySource = null);

/// <summary>A source and the way out to it, whose traffic a night counts.</summary>
public sealed record AskedSource(ISource Source, SourceHttp Http)
{
    public string Name => Source.Name;
}
