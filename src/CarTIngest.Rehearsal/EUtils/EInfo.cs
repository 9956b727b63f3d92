using System.Globalization;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>einfo: LastUpdate is the only version that PubMed's data carry; here it moves every night.</summary>
internal static class EInfo
{
    public static RehearsedAnswer Answer(NightInForce night, Parameters parameters)
    {
        var json = parameters["retmode"] == "json";
        return parameters["db"] switch
        {
            null when json => EntrezAnswers.JsonText("""{"header":{"type":"einfo","version":"0.3"},"einforesult":{"dblist":["pubmed"]}}"""),
            null => EntrezAnswers.EInfo("<DbList>\n\t<DbName>pubmed</DbName>\n</DbList>"),
            "pubmed" when json => EntrezAnswers.JsonText(Json(night)),
            "pubmed" => EntrezAnswers.EInfo(Xml(night)),
            var other => EntrezAnswers.EInfo($"<ERROR>Can not retrieve DbInfo for db={EntrezAnswers.Escape(other)}</ERROR>"),
        };
    }

    private static string Xml(NightInForce night) =>
        $"""
        	<DbInfo>
        		<DbName>pubmed</DbName>
        		<MenuName>PubMed</MenuName>
        		<Description>PubMed bibliographic record</Description>
        		<DbBuild>{Build(night)}</DbBuild>
        		<Count>{EntrezAnswers.Number(night.Publications.NewestFirst.Count)}</Count>
        		<LastUpdate>{LastUpdate(night)}</LastUpdate>
        		<FieldList>
        {string.Concat(SearchFields.Named.Select(field => $"\t\t\t<Field>\n\t\t\t\t<Name>{field.Key}</Name>\n\t\t\t\t<FullName>{field.Value}</FullName>\n\t\t\t</Field>\n"))}		</FieldList>
        	</DbInfo>
        """;

    private static string Json(NightInForce night) =>
        "{\"header\":{\"type\":\"einfo\",\"version\":\"0.3\"},\"einforesult\":{\"dbinfo\":[{\"dbname\":\"pubmed\",\"menuname\":\"PubMed\","
        + $"\"description\":\"PubMed bibliographic record\",\"dbbuild\":\"{Build(night)}\","
        + $"\"count\":\"{EntrezAnswers.Number(night.Publications.NewestFirst.Count)}\",\"lastupdate\":\"{LastUpdate(night)}\"}}]}}}}";

    private static string LastUpdate(NightInForce night) => night.Night.ToString("yyyy'/'MM'/'dd' 06:33'", CultureInfo.InvariantCulture);

    private static string Build(NightInForce night) => night.Night.ToString("'Build-'yyyy'.'MM'.'dd'.06.33'", CultureInfo.InvariantCulture);
}
