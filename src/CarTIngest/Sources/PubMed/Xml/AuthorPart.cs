using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>The author lists of a record: its own and, of a chapter, its book's; authors and editors.</summary>
internal sealed class AuthorLists
{
    public List<PublicationAuthor> OwnAuthors { get; } = [];

    public List<PublicationAuthor> BookAuthors { get; } = [];

    public List<PublicationAuthor> OwnEditors { get; } = [];

    public List<PublicationAuthor> BookEditors { get; } = [];

    /// <summary>The record's authors, else its book's; editors only where nobody is named as author.</summary>
    public IReadOnlyList<PublicationAuthor> Chosen =>
        new[] { OwnAuthors, BookAuthors, OwnEditors, BookEditors }.FirstOrDefault(list => list.Count > 0) ?? [];
}

/// <summary><c>AuthorList</c>: persons and groups in order, also those that PubMed marks as misspelt (ValidYN=N): the printed name is the evidence.</summary>
internal static class AuthorPart
{
    public static void Read(RecordXml xml, List<PublicationAuthor> authors, List<PublicationAuthor> editors)
    {
        var list = xml.Attribute("Type") == "editors" ? editors : authors;
        foreach (var name in xml.Children(Known.AuthorList))
        {
            if (name == "Author" && ReadOne(xml) is { } author)
            {
                list.Add(author);
            }
        }
    }

    private static PublicationAuthor? ReadOne(RecordXml xml)
    {
        string? last = null, fore = null, initials = null, suffix = null, collective = null;
        foreach (var name in xml.Children(Known.Author))
        {
            switch (name)
            {
                case "LastName":
                    last ??= xml.TextOrNull();
                    break;
                case "ForeName":
                    fore ??= xml.TextOrNull();
                    break;
                case "Initials":
                    initials ??= xml.TextOrNull();
                    break;
                case "Suffix":
                    suffix ??= xml.TextOrNull();
                    break;
                case "CollectiveName":
                    collective ??= xml.TextOrNull();
                    break;
            }
        }

        return (last ?? fore ?? initials ?? suffix ?? collective) is null
            ? null
            : new PublicationAuthor { Last = last, Fore = fore, Initials = initials, Suffix = suffix, Collective = collective };
    }
}
