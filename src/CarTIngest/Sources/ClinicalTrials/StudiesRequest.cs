using System.Collections.Frozen;
using System.Text;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>A strategy that the registry cannot be asked with.</summary>
internal sealed class StrategyFaultException(string says) : Exception(says);

/// <summary>
/// One question to <c>/studies</c>, all its parameters together: only names that the API knows can be in it, and the order of the answer is always asked for,
/// since the registry has none of its own. First-posted dates never change and new ones come last, so a page that is full stays what it was.
/// </summary>
internal sealed record StudiesRequest
{
    /// <summary>The registry's edge refuses addresses of about 7 KB.</summary>
    public const int LongestAddress = 6 * 1024;

    private const string CensusFields = "NCTId|LastUpdatePostDate|OverallStatus|HasResults";
    private const string Order = "StudyFirstPostDate:asc";

    private static readonly FrozenSet<string> SearchNames = new[]
    {
        "query.cond", "query.term", "query.locn", "query.titles", "query.intr", "query.outc", "query.spons", "query.lead", "query.id", "query.patient",
        "filter.overallStatus", "filter.geo", "filter.ids", "filter.advanced", "filter.synonyms",
        "postFilter.overallStatus", "postFilter.geo", "postFilter.ids", "postFilter.advanced", "postFilter.synonyms",
    }.ToFrozenSet(StringComparer.Ordinal);

    private StudiesRequest(IReadOnlyList<KeyValuePair<string, string>> parameters, int pageSize)
    {
        Parameters = parameters;
        PageSize = pageSize;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    public int PageSize { get; }

    /// <summary>The strategy with what makes a census of it: ids and what tells that one changed, nothing more.</summary>
    /// <exception cref="StrategyFaultException">A name that the API does not know, nothing to search for, or more than an address holds.</exception>
    public static StudiesRequest ForArm(SearchArm arm, ClinicalTrialsOptions options)
    {
        foreach (var name in arm.Parameters.Keys)
        {
            if (!SearchNames.Contains(name))
            {
                throw new StrategyFaultException($"'{name}' is no parameter that a strategy may send to the registry.");
            }
        }

        var search = arm.Parameters.Where(parameter => parameter.Value.Trim().Length > 0).OrderBy(parameter => parameter.Key, StringComparer.Ordinal).ToList();
        if (search.Count == 0)
        {
            throw new StrategyFaultException("The strategy is empty, and would ask for the whole registry.");
        }

        var request = new StudiesRequest([.. search, new("fields", CensusFields), new("sort", Order)], options.PageSize);
        var length = request.Query(pageToken: null).Length + options.BaseAddress.AbsoluteUri.Length;
        return length <= LongestAddress ? request : throw new StrategyFaultException($"The strategy makes an address of {length} characters; the registry takes {LongestAddress}.");
    }

    /// <summary>Whole studies by their ids (and by their former ids, which the API searches too).</summary>
    public static StudiesRequest ForIds(IReadOnlyCollection<NctId> ids) =>
        new([new("filter.ids", string.Join(',', ids)), new("sort", Order)], ids.Count);

    /// <summary>The request's address relative to the API's own. Only the first page asks for the total: the registry gives it there alone.</summary>
    /// <param name="pageToken">Null for the first page.</param>
    public string Query(string? pageToken)
    {
        var query = new StringBuilder("studies?");
        foreach (var (name, value) in Parameters)
        {
            query.Append(name).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        }

        query.Append("pageSize=").Append(PageSize);
        return pageToken is null ? query.Append("&countTotal=true").ToString() : query.Append("&pageToken=").Append(Uri.EscapeDataString(pageToken)).ToString();
    }
}
