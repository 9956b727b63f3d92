namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>PubmedArticle</c>: the citation and what PubMed adds to it.</summary>
internal static class CitationPart
{
    public static void ReadArticle(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.PubmedArticle))
        {
            switch (name)
            {
                case "MedlineCitation":
                    draft.Status ??= xml.Attribute("Status", Known.MedlineCitation, Known.Statuses);
                    ReadCitation(xml, draft);
                    break;
                case "PubmedData":
                    ReadData(xml, Known.PubmedData, draft);
                    break;
            }
        }
    }

    /// <summary><c>PubmedData</c> or <c>PubmedBookData</c>, of which only the identifiers are wanted.</summary>
    public static void ReadData(RecordXml xml, KnownElement element, PublicationDraft draft)
    {
        foreach (var name in xml.Children(element))
        {
            if (name == "ArticleIdList")
            {
                IdentifierPart.ReadList(xml, draft);
            }
        }
    }

    private static void ReadCitation(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.MedlineCitation))
        {
            switch (name)
            {
                case "PMID":
                    IdentifierPart.ReadPmid(xml, draft);
                    break;
                case "Article":
                    ArticlePart.Read(xml, draft);
                    break;
                case "ChemicalList":
                    ReadChemicals(xml, draft.Chemicals);
                    break;
                case "CommentsCorrectionsList":
                    CorrectionPart.Read(xml, draft.Corrections);
                    break;
                case "MeshHeadingList":
                    MeshPart.Read(xml, draft.Mesh);
                    break;
                case "OtherAbstract":
                    AbstractPart.ReadOther(xml, draft.OtherAbstracts);
                    break;
                case "KeywordList":
                    ListPart.AddChildren(xml, Known.KeywordList, "Keyword", draft.Keywords);
                    break;
            }
        }
    }

    private static void ReadChemicals(RecordXml xml, List<string> chemicals)
    {
        foreach (var name in xml.Children(Known.ChemicalList))
        {
            if (name == "Chemical")
            {
                ListPart.AddChildren(xml, Known.Chemical, "NameOfSubstance", chemicals);
            }
        }
    }
}
