using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// What cites the included reports: the links that NCBI tells now, and those that it told before, as far as PubMed has such records. The links themselves cannot be proven: an empty answer
/// looks like "cites nothing". So this arm is never a gate: where it cannot be taken it is as it was last, with a warning, and the night is complete without it.
/// </summary>
internal sealed class CitationCensus(EUtilities eutils, UidLister lister)
{
    private const int CitedAtOnce = 200;
    private const int ListedAtOnce = 2_000;

    public async Task<ArmCensus> TakeAsync(SearchArm arm, IRawArchive archive, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var known = FollowingArms.KnownOf(arm);
        var found = known.Concat(await LinkedAsync(FollowingArms.CitedBy(arm), warnings, archive, cancellationToken)).ToHashSet();
        var listed = await ListedAsync(found, warnings, archive, cancellationToken) ?? known;
        return new ArmCensus(arm, $"elink {LinkPage.CitedIn} {arm.Parameters["cited"]}", listed.Count, listed.ToDictionary(RecordId.Of, _ => ""), null, warnings, null);
    }

    private async Task<IReadOnlyCollection<Pmid>> LinkedAsync(IReadOnlyList<Pmid> cited, List<string> warnings, IRawArchive archive, CancellationToken cancellationToken)
    {
        var linked = new HashSet<Pmid>();
        try
        {
            foreach (var some in cited.Chunk(CitedAtOnce))
            {
                linked.UnionWith(await eutils.CitingAsync(some, archive, cancellationToken));
            }
        }
        catch (Exception failed) when (failed is AnswerRefusedException or SourceDownException)
        {
            warnings.Add($"Citations could not be asked for, so those known before stand: {failed.Message}");
        }

        return linked;
    }

    /// <summary>Those of them that PubMed has, proven; null where that could not be told.</summary>
    private async Task<IReadOnlyCollection<Pmid>?> ListedAsync(HashSet<Pmid> found, List<string> warnings, IRawArchive archive, CancellationToken cancellationToken)
    {
        var listed = new HashSet<Pmid>();
        foreach (var some in found.Order().Chunk(ListedAtOnce))
        {
            try
            {
                var listing = await lister.ListAsync(string.Join(" OR ", some.Select(id => $"{id}[uid]")), archive, cancellationToken);
                if (listing.WhyNotProven is { } why)
                {
                    warnings.Add($"What cites could not be listed whole, so what was known before stands: {why}");
                    return null;
                }

                listed.UnionWith(listing.Ids.Where(found.Contains));
            }
            catch (Exception failed) when (failed is AnswerRefusedException or SourceDownException)
            {
                warnings.Add($"What cites could not be listed, so what was known before stands: {failed.Message}");
                return null;
            }
        }

        return listed;
    }
}
