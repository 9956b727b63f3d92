using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>elink: link sets without links, which is also how the real one says that it does not know.</summary>
internal static class ELink
{
    public static RehearsedAnswer Answer(Parameters parameters)
    {
        if ((parameters["dbfrom"] ?? parameters["db"]) is not { } database)
        {
            return EntrezAnswers.MissingDb();
        }

        var ids = string.Concat(EntrezIds.In(parameters["id"]).Select(id => $"\t\t<Id>{id}</Id>\n"));
        return EntrezAnswers.ELink($"<LinkSet>\n\t<DbFrom>{EntrezAnswers.Escape(database)}</DbFrom>\n\t<IdList>\n{ids}\t</IdList>\n</LinkSet>\n");
    }
}
