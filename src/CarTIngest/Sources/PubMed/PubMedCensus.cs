using System.Globalization;
using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// Everything the arms match now, and what of it PubMed revised or newly indexed within a window. A quiet night costs einfo, one search an arm,
/// two for the window, and einfo again; what people follow adds two or three more.
/// </summary>
internal sealed class PubMedCensus(EUtilities eutils, PubMedOptions options, IReadOnlyList<SearchArm> arms)
{
    /// <summary>MDAT: any revision. MHDA: MeSH terms came, which a search by them finds weeks after the record.</summary>
    private static readonly string[] ChangeDates = ["MDAT", "MHDA"];

    private readonly UidLister lister = new(eutils, options);
    private readonly CitationCensus citations = new(eutils, new UidLister(eutils, options));

    /// <summary>Asked once more when PubMed was updated meanwhile; updated again, the arms say so: their own proof, ids = count, holds all the same.</summary>
    public async Task<SourceCensus> TakeAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken)
    {
        var before = await eutils.DataVersionAsync(archive, cancellationToken);
        var taken = await PassAsync(window, archive, cancellationToken);
        var after = await eutils.DataVersionAsync(archive, cancellationToken);
        if (after == before)
        {
            return new SourceCensus(before, after, taken.Arms, taken.Touched);
        }

        before = after;
        var again = await PassAsync(window, archive, cancellationToken);
        after = await eutils.DataVersionAsync(archive, cancellationToken);
        var touched = taken.Touched.Concat(again.Touched).ToHashSet();
        return after == before
            ? new SourceCensus(before, after, again.Arms, touched)
            : new SourceCensus(before, after, [.. again.Arms.Select(arm => arm with { Warnings = [.. arm.Warnings, $"PubMed was updated during the census: {before}, then {after}."] })], touched);
    }

    private async Task<Pass> PassAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken)
    {
        var taken = new List<ArmCensus>(arms.Count);
        foreach (var arm in arms)
        {
            taken.Add(FollowingArms.IsOfCitations(arm) ? await citations.TakeAsync(arm, archive, cancellationToken) : await TakeArmAsync(arm, archive, cancellationToken));
        }

        var touched = new HashSet<RecordId>();
        string? unknown = null;
        foreach (var date in window is not null && arms.Any(arm => !FollowingArms.IsOfCitations(arm)) ? ChangeDates : [])
        {
            var listing = await TryListAsync(TouchedTerm(window!, date), archive, cancellationToken);
            touched.UnionWith(listing.Ids.Select(RecordId.Of));
            unknown ??= listing.WhyNotProven is { } why ? $"What changed by {date} could not be listed: {why}" : null;
        }

        // A change nobody could list is a change nobody reads again: then no arm counts as whole, and the watermark stays.
        return new Pass(unknown is null ? taken : [.. taken.Select(arm => arm with { WhyNotProven = arm.WhyNotProven ?? unknown })], touched);
    }

    private async Task<ArmCensus> TakeArmAsync(SearchArm arm, IRawArchive archive, CancellationToken cancellationToken)
    {
        var terms = FollowingArms.TermsOf(arm);
        var listings = new List<UidListing>(terms.Count);
        foreach (var term in terms)
        {
            listings.Add(await TryListAsync(term, archive, cancellationToken));
        }

        var ids = listings.SelectMany(listing => listing.Ids).Distinct().ToDictionary(RecordId.Of, _ => "");
        return new ArmCensus(
            arm,
            Together(terms),
            // Each term has its own proof; a record that several match is one.
            listings.Count == 1 ? listings[0].First.Count : ids.Count,
            ids,
            listings.Select(listing => listing.First.Translation).OfType<string>().ToList() is { Count: > 0 } understood ? Together(understood) : null,
            [.. listings.SelectMany(listing => listing.First.Warnings).Where(warning => BuiltArms.IsTopical(arm.Name) || !IsOfWords(warning))],
            listings.Select(listing => listing.WhyNotProven).OfType<string>().FirstOrDefault());
    }

    private static string Together(IReadOnlyList<string> terms) => terms.Count == 1 ? terms[0] : string.Join(" OR ", terms.Select(term => $"({term})"));

    /// <summary>That a trial's number stands nowhere yet is no defect of a strategy.</summary>
    private static bool IsOfWords(string warning) => warning.Contains("NotFound:", StringComparison.Ordinal) || warning.StartsWith("OutputMessage:", StringComparison.Ordinal);

    private async Task<UidListing> TryListAsync(string term, IRawArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            return await lister.ListAsync(term, archive, cancellationToken);
        }
        catch (AnswerRefusedException refused)
        {
            return new UidListing(new SearchPage(0, [], null, []), new HashSet<Pmid>(), refused.Message);
        }
    }

    private string TouchedTerm(CensusWindow window, string date) =>
        $"({string.Join(" OR ", arms.SelectMany(FollowingArms.TermsOf).Select(term => $"({term})"))}) AND (\"{Day(window.ChangedFrom)}\"[{date}] : \"{Day(window.ChangedTo)}\"[{date}])";

    private static string Day(DateOnly day) => day.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);

    private sealed record Pass(IReadOnlyList<ArmCensus> Arms, IReadOnlySet<RecordId> Touched);
}
