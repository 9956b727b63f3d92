using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CarTIngest.Matching;

namespace CarTIngest.Tests.Matching.Dedup;

/// <summary>
/// Citations of which people said which are one work. The two CSV sets name the groups (<c>merged_ids</c>); the EndNote set says by a caption "Duplicate"
/// of each record only that it has a twin, the one to keep included, and not which.
/// </summary>
internal sealed record LabelledSet(string Name, IReadOnlyList<Citation> Citations, IReadOnlyList<IReadOnlyList<string>> Groups, IReadOnlySet<string> WithTwin)
{
    public static LabelledSet OfCsv(string folder)
    {
        var citations = CsvRows.Of(Path.Combine(folder, "records_pre_merged.csv")).Select(OfRow).ToList();
        var groups = CsvRows.Of(Path.Combine(folder, "merged_record_ids.csv")).Select(row => (IReadOnlyList<string>)row["merged_ids"].Split(';')).ToList();
        return new(Path.GetFileName(folder), citations, groups, groups.SelectMany(group => group).ToHashSet(StringComparer.Ordinal));
    }

    public static LabelledSet OfEndNote(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        var records = XDocument.Load(reader).Descendants("record").ToList();
        var citations = records.Select(OfEndNoteRecord).ToList();
        var twins = records.Where(record => Text(record, "caption") == "Duplicate").Select(record => Text(record, "rec-number")!).ToHashSet(StringComparer.Ordinal);
        return new(Path.GetFileNameWithoutExtension(file), citations, [], twins);
    }

    private static Citation OfRow(IReadOnlyDictionary<string, string> row) => new()
    {
        Key = row["ID"],
        Title = row["title"].Trim('"'),
        Authors = row["author"].Split(" and ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Year = Year(row["year"]),
        Journal = row["journal"].Trim('"'),
        Volume = row["volume"],
        Issue = row["number"],
        Pages = row["pages"],
    };

    private static Citation OfEndNoteRecord(XElement record) => new()
    {
        Key = Text(record, "rec-number")!,
        Title = Text(record, "title") ?? "",
        Authors = [.. record.Descendants("author").Select(author => author.Value.Trim())],
        Year = Year(Text(record, "year")),
        Journal = Text(record, "secondary-title") ?? Text(record, "full-title"),
        Volume = Text(record, "volume"),
        Issue = Text(record, "number"),
        Pages = Text(record, "pages"),
        Doi = Text(record, "electronic-resource-num"),
        Abstract = Text(record, "abstract"),
    };

    private static string? Text(XElement record, string name) => record.Descendants(name).FirstOrDefault()?.Value.Trim();

    private static int? Year(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;
}
