using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>What one file of citations says: citations in their order, then deletions. Books lie among the articles.</summary>
internal sealed record PubMedFile(IReadOnlyList<PublicationEntry> Entries, IReadOnlyList<PublicationDeletion> Deletions)
{
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="RehearsalCorpusException">Not XML in UTF-8, another root, cut, not well formed, or a citation without a PMID.</exception>
    public static PubMedFile Read(string path, byte[] bytes)
    {
        if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
        {
            throw new RehearsalCorpusException(path, "is UTF-16; the stand-in reads UTF-8");
        }

        var splitter = new XmlRecordSplitter(bytes);
        var slices = splitter.Split();
        if (splitter.Root is not ("PubmedArticleSet" or "PubmedBookArticleSet"))
        {
            throw new RehearsalCorpusException(path, 1, splitter.Root.Length == 0 ? "is no XML" : $"the root is {splitter.Root}, not PubmedArticleSet");
        }

        if (slices is null)
        {
            throw new RehearsalCorpusException(path, LineAt(bytes, bytes.Length), "ends before its PubmedArticleSet does");
        }

        if (splitter.HasTrailingElement)
        {
            throw new RehearsalCorpusException(path, LineAt(bytes, bytes.Length), "holds a second document after its first");
        }

        var entries = new List<PublicationEntry>();
        var deletions = new List<PublicationDeletion>();
        var (line, counted) = (1, 0);
        foreach (var slice in slices)
        {
            line += bytes.AsSpan(counted..slice.Start).Count((byte)'\n');
            counted = slice.Start;
            var element = Parse(path, bytes.AsMemory(slice.Start..slice.End), line);
            switch (slice.Name)
            {
                case "PubmedArticle":
                case "PubmedBookArticle":
                    entries.Add(EntryOf(path, line, element, bytes.AsMemory(slice.Start..slice.End)));
                    break;
                case "DeleteCitation":
                    deletions.AddRange(element.Elements("PMID").Select(pmid => new PublicationDeletion(PmidOf(path, line, pmid), VersionOf(pmid) ?? int.MaxValue)));
                    break;
                default:
                    throw new RehearsalCorpusException(path, line, $"holds a {slice.Name}, which no citation file has");
            }
        }

        return new PubMedFile(entries, deletions);
    }

    private static XElement Parse(string path, ReadOnlyMemory<byte> slice, int line)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(slice.ToArray()), Strict);
            return XElement.Load(reader);
        }
        catch (XmlException cause)
        {
            throw new RehearsalCorpusException(path, line + Math.Max(cause.LineNumber, 1) - 1, $"is not well formed ({cause.Message})", cause);
        }
    }

    private static PublicationEntry EntryOf(string path, int line, XElement record, ReadOnlyMemory<byte> xml)
    {
        // Children by their own path only: PMIDs also stand in comments, corrections and reference lists.
        var citation = record.Element("MedlineCitation") ?? record.Element("BookDocument");
        var history = (record.Element("PubmedData") ?? record.Element("PubmedBookData"))?.Element("History");
        var pmid = citation?.Element("PMID");
        return new PublicationEntry(
            PmidOf(path, line, pmid),
            VersionOf(pmid) ?? 1,
            xml,
            DateOf(history, "entrez"),
            DateOf(history, "pubmed"),
            citation?.Element("MeshHeadingList")?.HasElements ?? false);
    }

    private static Pmid PmidOf(string path, int line, XElement? element) =>
        Pmid.TryParse(element?.Value, out var pmid) ? pmid : throw new RehearsalCorpusException(path, line, $"a citation has no PMID ('{element?.Value}')");

    private static int? VersionOf(XElement? pmid) =>
        int.TryParse(pmid?.Attribute("Version")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static DateOnly? DateOf(XElement? history, string status)
    {
        var date = history?.Elements("PubMedPubDate").FirstOrDefault(date => date.Attribute("PubStatus")?.Value == status);
        return DateOnly.TryParseExact(
            $"{date?.Element("Year")?.Value}-{date?.Element("Month")?.Value}-{date?.Element("Day")?.Value ?? "1"}",
            "yyyy-M-d",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day) ? day : null;
    }

    private static int LineAt(byte[] bytes, int offset) => 1 + bytes.AsSpan(..offset).Count((byte)'\n');
}

/// <summary>A citation of a file, before any night is known.</summary>
internal sealed record PublicationEntry(Pmid Pmid, int Version, ReadOnlyMemory<byte> Xml, DateOnly? Created, DateOnly? Entered, bool HasMesh);

/// <summary>A deletion takes away a citation up to this version.</summary>
internal sealed record PublicationDeletion(Pmid Pmid, int Version);
