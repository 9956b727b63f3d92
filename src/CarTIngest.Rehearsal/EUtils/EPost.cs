using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>epost: keeps ids in the history. Ids that are none are dropped without a word while another is left.</summary>
internal sealed class EPost(HistoryServer history)
{
    public RehearsedAnswer Answer(Parameters parameters)
    {
        if (parameters["db"] is null)
        {
            return EntrezAnswers.MissingDb();
        }

        var ids = EntrezIds.In(parameters["id"]);
        if (ids.Count == 0)
        {
            return EntrezAnswers.EPost(
                "\t<ERROR>Empty ID list; Nothing to store</ERROR>\n\t<ERROR>Some IDs have invalid value and were omitted. Maximum ID value 18446744073709551615</ERROR>");
        }

        var webEnv = parameters["WebEnv"] is { } named && history.Knows(named) ? named : null;
        var stored = history.Store(ids, webEnv);
        return EntrezAnswers.EPost($"\t<QueryKey>{EntrezAnswers.Number(stored.QueryKey)}</QueryKey>\n\t<WebEnv>{stored.WebEnv}</WebEnv>\n");
    }
}
