using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>A search's result in both of its written forms.</summary>
internal sealed record SearchAnswer(string Term, int Count, int Start, IReadOnlyList<Pmid> Page, HistoryEntry? Stored, IReadOnlyList<string> FieldsNotFound)
{
    private const string NoItems = "No items found.";
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool IsEmpty => Count == 0;

    // PubMed shows how it read the term: untagged words as all fields, the rest as it was.
    private string Translation => Term.Contains('[', StringComparison.Ordinal) ? Term : $"({Term}[All Fields])";

    private IReadOnlyList<string> PhrasesNotFound => IsEmpty ? [Term] : [];

    public string CountXml() => $"<Count>{Count}</Count>";

    public string Xml()
    {
        var kept = Stored is null ? "" : $"<QueryKey>{Stored.QueryKey}</QueryKey><WebEnv>{Stored.WebEnv}</WebEnv>";
        var ids = Page is [] ? "<IdList/>" : $"<IdList>\n{string.Concat(Page.Select(id => $"<Id>{id}</Id>\n"))}</IdList>";
        var errors = string.Concat(PhrasesNotFound.Select(phrase => $"<PhraseNotFound>{EntrezAnswers.Escape(phrase)}</PhraseNotFound>"))
            + string.Concat(FieldsNotFound.Select(field => $"<FieldNotFound>{EntrezAnswers.Escape(field)}</FieldNotFound>"));
        return $"<Count>{Count}</Count><RetMax>{Page.Count}</RetMax><RetStart>{Start}</RetStart>{kept}{ids}<TranslationSet/>"
            + $"<QueryTranslation>{EntrezAnswers.Escape(Translation)}</QueryTranslation>"
            + (errors.Length == 0 ? "" : $"<ErrorList>{errors}</ErrorList>")
            + (IsEmpty ? $"<WarningList><OutputMessage>{NoItems}</OutputMessage></WarningList>" : "");
    }

    public string CountJson() => Envelope(new JsonObject { ["count"] = EntrezAnswers.Number(Count) });

    public string Json()
    {
        var result = new JsonObject
        {
            ["count"] = EntrezAnswers.Number(Count),
            ["retmax"] = EntrezAnswers.Number(Page.Count),
            ["retstart"] = EntrezAnswers.Number(Start),
        };
        if (Stored is not null)
        {
            result["querykey"] = EntrezAnswers.Number(Stored.QueryKey);
            result["webenv"] = Stored.WebEnv;
        }

        result["idlist"] = List(Page.Select(id => id.ToString()));
        result["translationset"] = new JsonArray();
        result["querytranslation"] = Translation;
        if (IsEmpty || FieldsNotFound is not [])
        {
            result["errorlist"] = new JsonObject { ["phrasesnotfound"] = List(PhrasesNotFound), ["fieldsnotfound"] = List(FieldsNotFound) };
            result["warninglist"] = new JsonObject
            {
                ["phrasesignored"] = new JsonArray(),
                ["quotedphrasesnotfound"] = new JsonArray(),
                ["outputmessages"] = List(IsEmpty ? [NoItems] : []),
            };
        }

        return Envelope(result);
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static string Envelope(JsonObject result) => new JsonObject
    {
        ["header"] = new JsonObject { ["type"] = "esearch", ["version"] = "0.3" },
        ["esearchresult"] = result,
    }.ToJsonString(Relaxed);
}
