using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>A paper and a registration weighed without any number: each part with both values and its points.</summary>
/// <param name="Score">The sum; no probability.</param>
internal sealed record Agreement(double Score, IReadOnlyList<ComparedPart> Parts)
{
    /// <summary>From here on a pair is proposed.</summary>
    public const double ProposeFrom = 4;

    /// <summary>From here on a registry's DERIVED reference, which only suggests, joins.</summary>
    public const double ConfirmFrom = 7;

    public static Agreement Of(PaperProfile paper, TrialProfile trial, Rarity rarity)
    {
        ComparedPart[] parts =
        [
            Names(paper, trial, rarity), ShortNames(paper, trial), Words(paper, trial, rarity), Sponsor(paper, trial), Authors(paper, trial), Enrolment(paper, trial), Phases(paper, trial), Dates(paper, trial),
        ];
        return new(parts.Sum(part => part.Points), [.. parts.Where(part => part.Points != 0)]);
    }

    // A product is rare and weighs much, an antigen is shared by many; another product on both sides weighs against.
    private static ComparedPart Names(PaperProfile paper, TrialProfile trial, Rarity rarity)
    {
        var shared = paper.Names.Intersect(trial.Names, StringComparer.Ordinal).Sum(rarity.Weight);
        var mine = paper.Names.Except(trial.Names, StringComparer.Ordinal).Sum(rarity.Weight);
        var theirs = trial.Names.Except(paper.Names, StringComparer.Ordinal).Sum(rarity.Weight);
        return new("products and antigens", Shown(paper.Names), Shown(trial.Names), Math.Clamp(shared - (0.75 * Math.Min(mine, theirs)), -4, 8));
    }

    private static ComparedPart ShortNames(PaperProfile paper, TrialProfile trial)
    {
        var named = trial.ShortNames.Where(paper.Tokens.Contains).ToList();
        return new("acronym or protocol number", named.Count > 0 ? string.Join(", ", named) : null, Shown(trial.ShortNames), named.Count > 0 ? 5 : 0);
    }

    // The share of what the registration's words weigh that the paper's title has, and half for what only its abstract has.
    private static ComparedPart Words(PaperProfile paper, TrialProfile trial, Rarity rarity)
    {
        double all = 0, shared = 0, mine = 0;
        foreach (var word in trial.Words)
        {
            var weight = rarity.Weight(word);
            all += weight;
            shared += paper.TitleWords.Contains(word) ? weight : paper.AllWords.Contains(word) ? weight / 2 : 0;
        }

        foreach (var word in paper.TitleWords)
        {
            mine += rarity.Weight(word);
        }

        return new("title", paper.Publication.Title, trial.Trial.BriefTitle ?? trial.Trial.OfficialTitle, all == 0 || mine == 0 ? 0 : 6 * shared / Math.Sqrt(all * Math.Max(mine, shared)));
    }

    private static ComparedPart Sponsor(PaperProfile paper, TrialProfile trial) => new(
        "sponsor", null, trial.Trial.Sponsor, trial.SponsorWords.Count > 0 && trial.SponsorWords.All(paper.AllWords.Contains) ? 2 : 0);

    private static ComparedPart Authors(PaperProfile paper, TrialProfile trial)
    {
        var known = paper.Authors.Where(trial.CitedAuthors.Contains).ToList();
        return new("authors among those the registration cites", known.Count > 0 ? string.Join(", ", known) : null, null, known.Count switch { 0 => 0, 1 => 0.5, 2 => 1.5, _ => 2.5 });
    }

    private static ComparedPart Enrolment(PaperProfile paper, TrialProfile trial) => trial.Trial.Enrollment is { Count: { } count and > 0 } enrolment && paper.Counts.Contains((int)Math.Min(count, int.MaxValue))
        ? new("enrolment", Written(count), $"{Written(count)} {enrolment.Type}".Trim(), enrolment.Type == "ESTIMATED" ? 1 : 1.5)
        : new("enrolment", null, null, 0);

    private static ComparedPart Phases(PaperProfile paper, TrialProfile trial) => new(
        "phase", Shown(paper.Phases), Shown(trial.Phases), paper.Phases.Count == 0 || trial.Phases.Count == 0 ? 0 : paper.Phases.Intersect(trial.Phases).Any() ? 0.5 : -2);

    private static ComparedPart Dates(PaperProfile paper, TrialProfile trial)
    {
        var published = Months.Of(paper.Publication.Published);
        var start = Months.Of(trial.Trial.Start ?? trial.Trial.FirstPosted);
        var completion = Months.Of(trial.Trial.PrimaryCompletion ?? trial.Trial.Completion);
        // A paper without months may be from the year's end.
        var points = published is null || start is null ? 0 : published < start - 6 ? -5 : completion is { } end && published > end + 72 ? -1 : 1;
        return new("dates", paper.Publication.Published?.Text, $"{trial.Trial.Start?.Text} to {trial.Trial.PrimaryCompletion?.Text ?? trial.Trial.Completion?.Text}", points);
    }

    private static string Written(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? Shown(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } shown ? shown : null;

    private static string? Shown(IEnumerable<char> phases) => string.Join("/", phases.Order()) is { Length: > 0 } shown ? shown : null;
}
