using System.Globalization;
using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>What of a publication a registration would repeat, in the forms that comparing needs.</summary>
internal sealed partial class PaperProfile
{
    private static readonly HashSet<string> SilentWords = new(
        ["a", "an", "the", "of", "in", "on", "for", "with", "and", "or", "to", "by", "from", "at", "as", "is", "are", "using", "after", "study", "trial", "clinical", "patients", "patient", "phase",
         "treatment", "therapy", "results", "safety", "efficacy", "evaluation", "i", "ii", "iii", "cell", "cells", "t", "open", "label", "single", "arm"],
        StringComparer.Ordinal);

    public PaperProfile(Publication publication, IReadOnlySet<string> names)
    {
        Publication = publication;
        // In one order, so that sums of weights are the same at every start.
        Names = new SortedSet<string>(names, StringComparer.Ordinal);
        Fields = [.. RecordFields.Of(publication)];
        TitleWords = Folded.Words(publication.Title).Concat(publication.Keywords.SelectMany(Folded.Words)).Where(Says).ToHashSet(StringComparer.Ordinal);
        AllWords = Fields.SelectMany(field => Folded.Words(field.Text)).Concat(publication.Authors.SelectMany(author => Folded.Words(author.Collective))).ToHashSet(StringComparer.Ordinal);
        Tokens = Fields.SelectMany(field => Token().Matches(field.Text).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        Phases = [.. Fields.SelectMany(field => Phase().Matches(field.Text)).SelectMany(PhasesOf).Distinct()];
        Counts = Fields.SelectMany(field => Patients().Matches(field.Text)).Select(CountOf).Where(count => count > 0).ToHashSet();
        Authors = [.. publication.Authors.Where(author => author.Last is not null).Select(author => $"{Folded.Text(author.Last)} {FirstLetter(author)}").Distinct(StringComparer.Ordinal)];
    }

    public Publication Publication { get; }

    public IReadOnlySet<string> Names { get; }

    public IReadOnlyList<RecordField> Fields { get; }

    public HashSet<string> TitleWords { get; }

    public HashSet<string> AllWords { get; }

    /// <summary>Words as written, hyphens and digits included, among which a short name is looked up.</summary>
    public HashSet<string> Tokens { get; }

    public IReadOnlyList<char> Phases { get; }

    /// <summary>Every number of patients that it states: enrolled, treated, evaluable.</summary>
    public HashSet<int> Counts { get; }

    public IReadOnlyList<string> Authors { get; }

    /// <summary>False for words that nearly every title has.</summary>
    public static bool Says(string word) => word.Length > 1 && !SilentWords.Contains(word);

    private static char FirstLetter(PublicationAuthor author) => Folded.Text(author.Fore ?? author.Initials) is { Length: > 0 } given ? given[0] : '?';

    private static IEnumerable<char> PhasesOf(Match match) =>
        match.Groups["phase"].Captures.Select(capture => capture.Value.ToUpperInvariant() switch { "1" or "I" => '1', "2" or "II" => '2', "3" or "III" => '3', _ => '4' });

    private static int CountOf(Match match) =>
        int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : Array.IndexOf(SmallNumbers, match.Groups["count"].Value.ToLowerInvariant());

    private static readonly string[] SmallNumbers =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"];

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}./_-]{2,28}[\p{L}\p{N}]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\bphases?[\s-](?<phase>1|2|3|4|iii|ii|iv|i)[ab]?(\s?[/-]\s?(?<phase>1|2|3|4|iii|ii|iv|i)[ab]?)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Phase();

    [GeneratedRegex(@"\b(?<count>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\s+([\w/-]+\s+){0,3}?(patients|subjects|participants|children|adults|individuals)\b|\bn\s?=\s?(?<count>\d{1,4})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Patients();
}
