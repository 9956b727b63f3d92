namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>PubmedBookArticle</c>: a book of the NCBI Bookshelf, or a chapter of one. Its PMID is BookDocument's; its date is the book's, not a chapter's.</summary>
internal static class BookPart
{
    public static void ReadArticle(RecordXml xml, PublicationDraft draft)
    {
        draft.Book = true;
        foreach (var name in xml.Children(Known.PubmedBookArticle))
        {
            switch (name)
            {
                case "BookDocument":
                    ReadDocument(xml, draft);
                    break;
                case "PubmedBookData":
                    CitationPart.ReadData(xml, Known.PubmedBookData, draft);
                    break;
            }
        }
    }

    private static void ReadDocument(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.BookDocument))
        {
            switch (name)
            {
                case "PMID":
                    IdentifierPart.ReadPmid(xml, draft);
                    break;
                case "ArticleIdList":
                    IdentifierPart.ReadList(xml, draft);
                    break;
                case "Book":
                    ReadBook(xml, draft);
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
                case "Language":
                    ListPart.Add(xml, draft.Languages);
                    break;
                case "AuthorList":
                    AuthorPart.Read(xml, draft.Authors.OwnAuthors, draft.Authors.OwnEditors);
                    break;
                case "PublicationType":
                    ListPart.Add(xml, draft.PublicationTypes);
                    break;
                case "Abstract":
                    AbstractPart.Read(xml, draft.Abstract);
                    break;
                case "KeywordList":
                    ListPart.AddChildren(xml, Known.KeywordList, "Keyword", draft.Keywords);
                    break;
            }
        }
    }

    private static void ReadBook(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.Book))
        {
            switch (name)
            {
                case "Publisher":
                    ReadPublisher(xml, draft);
                    break;
                case "BookTitle":
                    draft.BookTitle ??= xml.TextOrNull();
                    break;
                case "PubDate":
                    draft.Date ??= PubDate.Read(xml, Known.BookPubDate);
                    break;
                case "AuthorList":
                    AuthorPart.Read(xml, draft.Authors.BookAuthors, draft.Authors.BookEditors);
                    break;
                case "Volume":
                    draft.Volume ??= xml.TextOrNull();
                    break;
                case "ELocationID":
                    IdentifierPart.ReadLocation(xml, draft);
                    break;
            }
        }
    }

    private static void ReadPublisher(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.Publisher))
        {
            if (name == "PublisherName")
            {
                draft.Publisher ??= xml.TextOrNull();
            }
        }
    }
}
