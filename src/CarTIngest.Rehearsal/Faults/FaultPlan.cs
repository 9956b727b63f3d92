using System.Globalization;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>
/// Which requests fail and how. Told by <c>RATE</c>, <c>RATE@SEED</c> or a file of rules, one JSON object a line. What is drawn depends on the seed, the endpoint and
/// the number of the request at that endpoint, and on nothing else: not on time, not on what other endpoints are asked.
/// </summary>
public sealed class FaultPlan
{
    private const int SeedWhenNoneIsGiven = 1;

    private readonly IReadOnlyList<FaultRule> rules;

    private FaultPlan(IReadOnlyList<FaultRule> rules, int seed) => (this.rules, Seed) = (rules, seed);

    public int Seed { get; }

    /// <summary>One request in so many fails, at every endpoint, with something that a client can outlive.</summary>
    /// <param name="rate">From 0 to 1.</param>
    public static FaultPlan Drawn(double rate, int seed) => new([new FaultRule(null, null, null, rate, null)], seed);

    /// <summary>Rules, one JSON object a line; empty lines and those that begin with # are passed over. The first that meets a request counts.</summary>
    /// <param name="source">How the lines are named when one is wrong.</param>
    /// <exception cref="UnreadableFaultsException">A line is no rule.</exception>
    public static FaultPlan Scripted(IEnumerable<string> lines, string source, int seed = SeedWhenNoneIsGiven) => new(FaultLines.Read(lines, source), seed);

    /// <summary>What <c>--faults</c> says.</summary>
    /// <exception cref="UnreadableFaultsException">It is neither a rate from 0 to 1 nor a file that can be read.</exception>
    public static FaultPlan Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var rateText = at < 0 ? text : text[..at];
        if (double.TryParse(rateText, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rate) && !File.Exists(text))
        {
            if (rate is not (>= 0 and <= 1))
            {
                throw new UnreadableFaultsException($"{text}: a rate is from 0 to 1, for example 0.2.");
            }

            var seed = SeedWhenNoneIsGiven;
            return at < 0 || int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out seed)
                ? Drawn(rate, seed)
                : throw new UnreadableFaultsException($"{text}: a seed is a whole number from 0 on, for example 0.2@7.");
        }

        try
        {
            return Scripted(File.ReadAllLines(text), text);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UnreadableFaultsException($"{text} is neither a rate from 0 to 1 (0.2, or 0.2@7 with a seed) nor a file of rules that can be read: {unreadable.Message}");
        }
    }

    /// <summary>The fault for this request, and the dice with which its details are thrown; null where it is answered as it should be.</summary>
    internal (Fault Fault, FaultDice Dice)? For(RehearsedRequest request)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var dice = new FaultDice(string.Create(CultureInfo.InvariantCulture, $"{Seed}/{rule}/{request.Endpoint}/{request.Nth}"));
            if (rules[rule].Meets(request, dice) is { } fault)
            {
                return (fault, dice);
            }
        }

        return null;
    }
}

/// <summary>What was given as faults cannot be read; the message names the line and what is allowed.</summary>
public sealed class UnreadableFaultsException(string says) : Exception(says);
