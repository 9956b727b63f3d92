using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// A trial's number in one registry, in the form in which two ways of writing it are equal: <c>nct:NCT03018405</c>, <c>eudract:2015-001234-56</c>,
/// <c>chictr:1900025419</c>. Blind spot: numbers of registries that are not listed here, and numbers with a digit mistyped.
/// </summary>
public readonly partial record struct RegistryNumber
{
    private RegistryNumber(string text) => Text = text;

    public string Text { get => field ?? ""; }

    /// <summary><c>nct</c>, <c>eudract</c>, <c>ctis</c>, …</summary>
    public string Registry => Text[..Math.Max(0, Text.IndexOf(':', StringComparison.Ordinal))];

    public static RegistryNumber Of(NctId nctId) => new("nct:" + nctId);

    /// <summary>Every number written in a text, in order, with its place. Never throws.</summary>
    public static IReadOnlyList<FoundNumber> In(string text)
    {
        List<FoundNumber>? found = null;
        foreach (Match match in Written().Matches(text))
        {
            if (Read(match) is { } number)
            {
                (found ??= []).Add(new(number, match.Index, match.Length));
            }
        }

        return found ?? [];
    }

    public override string ToString() => Text;

    private static RegistryNumber? Read(Match match)
    {
        var registry = match.Groups.Values.Skip(1).First(group => group.Success);
        var value = registry.Value.ToUpperInvariant();
        return registry.Name switch
        {
            "nct" => NctId.TryParse("NCT" + value, out var nct) ? Of(nct) : null,
            // The last pair is the version of the application, not of the trial.
            "ctis" => new("ctis:" + value[..14]),
            "umin" or "japic" => new($"{registry.Name}:{value.TrimStart('0')}"),
            _ => new($"{registry.Name}:{value}"),
        };
    }

    private const string Pattern =
        @"(?<![A-Za-z])NCT[\s:#\u2010-\u2015-]{0,2}(?<nct>\d{8})(?!\d)" +
        @"|(?<![\d-])(?<ctis>20[2-9]\d-5\d{5}-\d\d(-\d\d)?)(?![\d-])" +
        @"|(?<![\d-])(?<eudract>(199|20[0-2])\d-\d{6}-\d\d)(?![\d-])" +
        @"|\bChiCTR(-?[A-Z]{2,4}-?|-|\s)?(?<chictr>\d{8,10})(?!\d)" +
        @"|\bjRCT(?<jrct>(s|[a-z]{2})?\d{9,10})(?!\d)" +
        @"|\bUMIN[\s-]?(CTR|ID)?[\s:-]{0,2}C?(?<umin>\d{6,9})(?!\d)" +
        @"|\bJapicCTI[\s-]?(?<japic>\d{6})(?!\d)" +
        @"|\bISRCTN\s?(?<isrctn>\d{8})(?!\d)" +
        @"|\bACTRN\s?(?<actrn>\d{14})(?!\d)" +
        @"|\bDRKS[\s-]?(?<drks>\d{8})(?!\d)" +
        @"|\bKCT\s?(?<kct>\d{7})(?!\d)" +
        @"|\bCTRI/(?<ctri>\d{4}/\d{2,3}/\d{6})(?!\d)" +
        @"|\bTCTR\s?(?<tctr>\d{11})(?!\d)" +
        @"|\bPACTR\s?(?<pactr>\d{15})(?!\d)" +
        @"|\bIRCT\s?(?<irct>\d{8,14}N\d{1,2})(?!\d)" +
        @"|\bRBR-(?<rbr>[a-z0-9]{6,8})\b" +
        @"|\b(NTR\s?(?<ntr>\d{3,5})(?!\d))" +
        @"|\bNCI-(?<nci>20\d\d-\d{5})(?!\d)" +
        @"|\bU(?<utn>1111-\d{4}-\d{4})(?!\d)";

    [GeneratedRegex(Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}

/// <summary>A registry number where it stands in a text, in UTF-16 code units.</summary>
public readonly record struct FoundNumber(RegistryNumber Number, int Offset, int Length);
