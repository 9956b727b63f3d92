using CarTIngest.Eligibility.Terms;

namespace CarTIngest.Eligibility.Rules;

/// <summary>One idea of what makes a record belong, or not. Knows words, never record ids.</summary>
internal interface IEligibilityRule
{
    /// <summary>As the rulebook calls it.</summary>
    string Name { get; }

    Criterion Criterion { get; }

    IEnumerable<RuleFinding> Read(Evidence evidence);
}

/// <summary>The three criteria.</summary>
internal enum Criterion
{
    Intervention,
    Population,
    Design,
}

/// <summary>What a finding does to its criterion.</summary>
internal enum Bearing
{
    /// <summary>Looked for, and only met in a context that does not count.</summary>
    Against,

    /// <summary>Plausible, and not said: silence.</summary>
    Open,

    /// <summary>A case that the protocol names as possible, whatever else is met.</summary>
    NamedCase,

    Met,

    /// <summary>Not this criterion, whatever else is met.</summary>
    Bars,
}

/// <param name="Reason">One sentence.</param>
internal sealed record RuleFinding(Bearing Bearing, string Reason, IReadOnlyList<Quote> Quotes)
{
    /// <summary>More words than a person reads say nothing more.</summary>
    private const int MostQuotes = 6;

    public static RuleFinding Of(Bearing bearing, string reason, IEnumerable<Mention> mentions) =>
        new(bearing, reason, [.. mentions.Select(mention => mention.Quote).Distinct().Take(MostQuotes)]);
}
