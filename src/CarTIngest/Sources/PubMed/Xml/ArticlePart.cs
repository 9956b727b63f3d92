namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>MedlineCitation/Article</c>: what was published, where, by whom.</summary>
internal static class ArticlePart
{
    public static void Read(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.Article))
        {
            switch (name)
            {
                case "Journal":
                    ReadJournal(xml, draft);
                    break;
                case "ArticleTitle":
                    draft.Title ??= xml.TextOrNull();
                    break;
                case "VernacularTitle":
                    draft.VernacularTitle ??= xml.TextOrNull();
                    break;
                case "Pagination":
                    draft.Pages ??= PagePart.Read(xml);
                    break;
                case "ELocationID":
                    IdentifierPart.ReadLocation(xml, draft);
                    break;
                case "Abstract":
                    AbstractPart.Read(xml, draft.Abstract);
                    break;
                case "AuthorList":
                    AuthorPart.Read(xml, draft.Authors.OwnAuthors, draft.Authors.OwnEditors);
                    break;
                case "Language":
                    ListPart.Add(xml, draft.Languages);
                    break;
                case "DataBankList":
                    ReadDataBanks(xml, draft.RegistryNumbers);
                    break;
                case "PublicationTypeList":
                    ListPart.AddChildren(xml, Known.PublicationTypeList, "PublicationType", draft.PublicationTypes);
                    break;
            }
        }
    }

    private static void ReadJournal(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.Journal))
        {
            switch (name)
            {
                case "ISSN":
                    draft.Issn ??= xml.TextOrNull();
                    break;
                case "Title":
                    draft.Journal ??= xml.TextOrNull();
                    break;
                case "JournalIssue":
                    ReadIssue(xml, draft);
                    break;
            }
        }
    }

    private static void ReadIssue(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.JournalIssue))
        {
            switch (name)
            {
                case "Volume":
                    draft.Volume ??= xml.TextOrNull();
                    break;
                case "Issue":
                    draft.Issue ??= xml.TextOrNull();
                    break;
                case "PubDate":
                    draft.Date ??= PubDate.Read(xml, Known.ArticlePubDate);
                    break;
            }
        }
    }

    /// <summary>Accession numbers of every bank, each once, in order.</summary>
    private static void ReadDataBanks(RecordXml xml, List<string> numbers)
    {
        var found = new List<string>();
        foreach (var bank in xml.Children(Known.DataBankList))
        {
            foreach (var part in bank == "DataBank" ? xml.Children(Known.DataBank) : [])
            {
                if (part == "AccessionNumberList")
                {
                    ListPart.AddChildren(xml, Known.AccessionNumberList, "AccessionNumber", found);
                }
            }
        }

        numbers.AddRange(found.Distinct(StringComparer.Ordinal).Except(numbers, StringComparer.Ordinal));
    }
}
