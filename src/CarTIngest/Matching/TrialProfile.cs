using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>What of a registration a paper would repeat, in the forms that comparing needs.</summary>
internal sealed partial class TrialProfile
{
    private static readonly HashSet<string> CommonSponsorWords = new(
        ["university", "hospital", "of", "the", "and", "for", "center", "centre", "medical", "institute", "inc", "ltd", "llc", "co", "corp", "gmbh", "national", "college", "medicine", "cancer",
         "first", "affiliated", "school", "therapeutics", "biotechnology", "biotech", "pharmaceuticals", "pharma", "company", "limited", "research", "health", "children", "people", "general", "sa", "de", "peoples"],
        StringComparer.Ordinal);

    public TrialProfile(Trial trial, IReadOnlySet<string> names)
    {
        Trial = trial;
        // In one order, so that sums of weights are the same at every start.
        Names = new SortedSet<string>(names, StringComparer.Ordinal);
        Words = RecordFields.Of(trial).SelectMany(field => Folded.Words(field.Text)).Where(PaperProfile.Says).ToHashSet(StringComparer.Ordinal);
        ShortNames = [.. ShortNamesOf(trial).Distinct(StringComparer.Ordinal)];
        SponsorWords = [.. Folded.Words(trial.Sponsor).Where(word => word.Length > 2 && !CommonSponsorWords.Contains(word)).Distinct(StringComparer.Ordinal)];
        Phases = [.. trial.Phases.Select(phase => phase[^1]).Where(char.IsAsciiDigit).Distinct()];
        CitedAuthors = trial.References.SelectMany(reference => CitedNames(reference.Citation)).ToHashSet(StringComparer.Ordinal);
    }

    public Trial Trial { get; }

    public IReadOnlySet<string> Names { get; }

    public HashSet<string> Words { get; }

    /// <summary>The acronym and the sponsor's own protocol numbers, as written: they stand in a paper as one word or not at all.</summary>
    public IReadOnlyList<string> ShortNames { get; }

    public IReadOnlyList<string> SponsorWords { get; }

    public IReadOnlyList<char> Phases { get; }

    /// <summary>Surname and first initial of the authors of the papers that the registration cites: mostly its own investigators' earlier work.</summary>
    public HashSet<string> CitedAuthors { get; }

    private static IEnumerable<string> ShortNamesOf(Trial trial)
    {
        if (trial.Acronym is { Length: >= 4 } acronym)
        {
            yield return acronym;
        }

        foreach (var own in trial.SecondaryIds.Select(secondary => secondary.Id).Where(id => id.Length is >= 5 and <= 30 && id.Any(char.IsAsciiDigit) && RegistryNumber.In(id).Count == 0))
        {
            yield return own;
        }
    }

    private static IEnumerable<string> CitedNames(string? citation) =>
        CitedName().Matches(citation ?? "").Select(match => $"{Folded.Text(match.Groups["last"].Value)} {char.ToLowerInvariant(match.Groups["initial"].ValueSpan[0])}");

    [GeneratedRegex(@"(?<=^|, )(?<last>\p{Lu}[\p{L}'’ -]{1,40}?) (?<initial>\p{Lu})\p{Lu}{0,2}(?=[,.])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CitedName();
}
