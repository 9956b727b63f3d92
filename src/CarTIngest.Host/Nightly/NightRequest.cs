using CarTIngest.Sources;
using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Nightly;

/// <param name="Night">The date that the night bears, in the schedule's time zone.</param>
/// <param name="OnlySource">One source's name, or null for all.</param>
public sealed record NightRequest(DateOnly Night, string? OnlySource = null, ReadingScope Scope = ReadingScope.AsDue)
{
    /// <summary>Whether sources are asked at all.</summary>
    public bool AsksSources { get; private init; } = true;

    /// <summary>Nothing is asked: what is held is judged, matched, queued and told.</summary>
    public static NightRequest WithoutSources(DateOnly night) => new(night) { AsksSources = false };

    /// <summary>Whether a source is asked.</summary>
    public bool Asks(string source) => AsksSources && (OnlySource is null || source == OnlySource);
}

/// <summary>How much of what is held a night reads again though nothing says that it changed.</summary>
public enum ReadingScope
{
    /// <summary>As the source's own policy has it.</summary>
    AsDue,

    /// <summary>Everything.</summary>
    Whole,
}

/// <summary>A source and the way out to it, whose traffic a night counts.</summary>
public sealed record AskedSource(ISource Source, SourceHttp Http)
{
    public string Name => Source.Name;
}
