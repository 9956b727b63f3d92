using System.Text;
using System.Text.RegularExpressions;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>
/// elink: who cites, by the reference lists of the corpus itself. For all other links, and where nothing cites, a link set without links: which is also how the real one says
/// that it does not know.
/// </summary>
internal static partial class ELink
{
    private const string CitedIn = "pubmed_pubmed_citedin";

    public static RehearsedAnswer Answer(NightInForce night, Parameters parameters)
    {
        if ((parameters["dbfrom"] ?? parameters["db"]) is not { } database)
        {
            return EntrezAnswers.MissingDb();
        }

        var asked = EntrezIds.In(parameters["id"]);
        var ids = string.Concat(asked.Select(id => $"\t\t<Id>{id}</Id>\n"));
        var citing = parameters["linkname"] == CitedIn ? Citing(night.Publications, asked.ToHashSet()) : [];
        var links = citing.Count == 0 ? "" : $"\t<LinkSetDb>\n\t\t<DbTo>pubmed</DbTo>\n\t\t<LinkName>{CitedIn}</LinkName>\n{string.Concat(citing.Select(id => $"\t\t<Link>\n\t\t\t<Id>{id}</Id>\n\t\t</Link>\n"))}\t</LinkSetDb>\n";
        return EntrezAnswers.ELink($"<LinkSet>\n\t<DbFrom>{EntrezAnswers.Escape(database)}</DbFrom>\n\t<IdList>\n{ids}\t</IdList>\n{links}</LinkSet>\n");
    }

    private static IReadOnlyList<Pmid> Citing(PublicationsInForce publications, HashSet<Pmid> cited) =>
        [.. publications.NewestFirst.Where(one => References().Matches(Encoding.UTF8.GetString(one.Xml.Span)).Any(list => Cited().Matches(list.Value).Any(id => Pmid.TryParse(id.Groups[1].Value, out var pmid) && cited.Contains(pmid)))).Select(one => one.Pmid)];

    [GeneratedRegex("<ReferenceList>.*</ReferenceList>", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();

    [GeneratedRegex("""<ArticleId IdType="pubmed">\s*(\d+)\s*</ArticleId>""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cited();
}
