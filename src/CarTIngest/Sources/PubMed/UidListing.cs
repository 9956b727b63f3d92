using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed;

/// <summary>All ids that a term matches, however many, with their proof: as many distinct ids as PubMed counts.</summary>
/// <param name="First">The whole term's own page: its count, translation and warnings.</param>
/// <param name="WhyNotProven">Null when proven.</param>
internal sealed record UidListing(SearchPage First, IReadOnlySet<Pmid> Ids, string? WhyNotProven);

/// <summary>
/// Lists what a term matches. PubMed lists 9,999 at most, with or without its history, so what is more is asked in halves of the UID range:
/// each record has one UID, so the halves' counts must add up to the whole's. (Dates would not do: one record can match two years.)
/// </summary>
internal sealed class UidLister(EUtilities eutils, PubMedOptions options)
{
    private const long LastUid = 99_999_999;

    /// <summary>Listed, and listed once more from the beginning where the first time could not be proven.</summary>
    public async Task<UidListing> ListAsync(string term, IRawArchive archive, CancellationToken cancellationToken)
    {
        var first = await ListOnceAsync(term, archive, cancellationToken);
        return first.WhyNotProven is null ? first : await ListOnceAsync(term, archive, cancellationToken);
    }

    private async Task<UidListing> ListOnceAsync(string term, IRawArchive archive, CancellationToken cancellationToken)
    {
        var whole = await eutils.SearchAsync(term, archive, cancellationToken);
        var ids = new HashSet<Pmid>();
        if (whole.Count > options.LargestArm)
        {
            return new UidListing(whole, ids, Say($"It matches {whole.Count} records; more than {options.LargestArm} are not listed."));
        }

        var open = new Stack<Range>([new Range(1, LastUid, whole)]);
        while (open.TryPop(out var range))
        {
            if (range.Page.Count <= options.SearchCap)
            {
                ids.UnionWith(range.Page.Ids);
                continue;
            }

            if (range.From == range.To)
            {
                return new UidListing(whole, ids, Say($"The single UID {range.From} is said to match {range.Page.Count} records."));
            }

            var middle = range.From + ((range.To - range.From) / 2);
            var lower = await AskAsync(term, range.From, middle, archive, cancellationToken);
            var upper = await AskAsync(term, middle + 1, range.To, archive, cancellationToken);
            if (lower.Page.Count + upper.Page.Count != range.Page.Count)
            {
                return new UidListing(whole, ids, Say($"UIDs {range.From} to {range.To} count {range.Page.Count}, their halves {lower.Page.Count} and {upper.Page.Count}."));
            }

            open.Push(upper);
            open.Push(lower);
        }

        return new UidListing(whole, ids, ids.Count == whole.Count ? null : Say($"PubMed counts {whole.Count} and lists {ids.Count} distinct ids."));
    }

    private async Task<Range> AskAsync(string term, long from, long to, IRawArchive archive, CancellationToken cancellationToken) =>
        new(from, to, await eutils.SearchAsync(Say($"({term}) AND {from}:{to}[UID]"), archive, cancellationToken));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Range(long From, long To, SearchPage Page);
}
