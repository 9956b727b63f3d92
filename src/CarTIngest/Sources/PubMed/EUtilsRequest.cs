using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// One request to the E-utilities. Only what is known to exist can be written: a misspelt parameter is ignored there without a word, and
/// widens the search. Always a form by POST, so that no term is too long and the key is never in an address.
/// </summary>
public sealed class EUtilsRequest
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> parameters;

    private EUtilsRequest(string endpoint, params IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        Endpoint = endpoint;
        this.parameters = [new("db", "pubmed"), .. parameters, new("retmode", "xml")];
    }

    /// <summary>einfo, esearch, efetch or elink.</summary>
    public string Endpoint { get; }

    /// <summary>What is asked, for archive and log: without key, tool and e-mail.</summary>
    public string Asked => $"POST {Endpoint}.fcgi {string.Join('&', parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))}";

    /// <summary>The state of the database.</summary>
    public static EUtilsRequest Einfo() => new("einfo");

    /// <summary>What a term matches. A range of dates stands in the term as a tag, so that a tag PubMed does not know is told and not ignored.</summary>
    /// <param name="retstart">0 to 9,998: beyond, PubMed lists nothing.</param>
    /// <param name="retmax">0 to 9,999.</param>
    /// <exception cref="ArgumentException">The term is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">PubMed would not serve such a page.</exception>
    public static EUtilsRequest Esearch(string term, int retstart, int retmax)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(term);
        ArgumentOutOfRangeException.ThrowIfNegative(retstart);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(retstart, PubMedOptions.MostListed);
        ArgumentOutOfRangeException.ThrowIfNegative(retmax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retmax, PubMedOptions.MostListed);
        return new("esearch", new("term", term), new("retstart", Number(retstart)), new("retmax", Number(retmax)), new("sort", "pub_date"));
    }

    /// <summary>Whole records.</summary>
    /// <exception cref="ArgumentException">No id is given.</exception>
    public static EUtilsRequest Efetch(IReadOnlyList<Pmid> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count > 0 && ids.All(id => id.Value > 0)
            ? new("efetch", new KeyValuePair<string, string>("id", string.Join(',', ids)))
            : throw new ArgumentException("A fetch names at least one PMID.", nameof(ids));
    }

    /// <summary>What cites each of some publications. An id a parameter, so that the answer says for which it answers.</summary>
    /// <exception cref="ArgumentException">No id is given.</exception>
    public static EUtilsRequest Elink(IReadOnlyList<Pmid> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count > 0 && ids.All(id => id.Value > 0)
            ? new("elink", [new("dbfrom", "pubmed"), new("linkname", LinkPage.CitedIn), .. ids.Select(id => new KeyValuePair<string, string>("id", id.ToString()))])
            : throw new ArgumentException("A question for citations names at least one PMID.", nameof(ids));
    }

    /// <summary>A fresh message with the client's own particulars.</summary>
    public HttpRequestMessage ToMessage(PubMedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var form = new List<KeyValuePair<string, string>>(parameters) { new("tool", options.Tool) };
        if (!string.IsNullOrEmpty(options.Email))
        {
            form.Add(new("email", options.Email));
        }

        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            form.Add(new("api_key", options.ApiKey));
        }

        var folder = options.BaseAddress.AbsoluteUri;
        var address = new Uri($"{folder}{(folder.EndsWith('/') ? "" : "/")}{Endpoint}.fcgi");
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
