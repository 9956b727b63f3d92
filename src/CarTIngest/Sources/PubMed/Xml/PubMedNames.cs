namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>The few names on which a document is cut into records (DTD of 1 January 2025, set-level elements).</summary>
internal static class PubMedNames
{
    public const string Article = "PubmedArticle";
    public const string BookArticle = "PubmedBookArticle";
    public const string Deletion = "DeleteCitation";

    public static bool IsSet(string name) => name is "PubmedArticleSet" or "PubmedBookArticleSet";

    public static bool IsRecord(string name) => name is Article or BookArticle or Deletion;
}
