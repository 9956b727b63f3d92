using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CarTIngest.Rehearsal.Demo;

namespace CarTIngest.Tests.Rehearsal.Demo;

/// <summary>The bundled nights as plain documents, read without any reader of the product.</summary>
internal static class DemoNights
{
    public const string First = "2026-03-02";
    public const string Second = "2026-03-03";

    public static DemoCorpus Corpus { get; } = DemoCorpus.Bundled();

    public static XElement PubMed(string night)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(Path.Combine(Corpus.PubMedNights, $"{night}.xml"), settings);
        return XDocument.Load(reader).Root!;
    }

    public static IReadOnlyList<JsonElement> Registry(string file) =>
        [.. File.ReadLines(Path.Combine(Corpus.RegistryNights, file)).Select(line => JsonDocument.Parse(line).RootElement)];

    public static IReadOnlyList<JsonElement> FullNight() => Registry($"{First}.full.jsonl");

    public static IReadOnlyList<JsonElement> Changes() => Registry($"{Second}.changes.jsonl");

    public static IReadOnlyList<JsonElement> Upserts() => [.. Changes().Where(line => line.TryGetProperty("upsert", out _)).Select(line => line.GetProperty("upsert"))];

    public static IReadOnlyList<XElement> Citations(string night) => [.. PubMed(night).Elements().Where(e => e.Name.LocalName is "PubmedArticle" or "PubmedBookArticle")];

    public static XElement Citation(string night, string pmid) => Citations(night).Single(citation => PmidOf(citation) == pmid);

    public static string PmidOf(XElement citation) => (citation.Element("MedlineCitation") ?? citation.Element("BookDocument"))!.Element("PMID")!.Value;

    public static string NctOf(JsonElement study) => study.GetProperty("protocolSection").GetProperty("identificationModule").GetProperty("nctId").GetString()!;

    public static IReadOnlyList<ExpectedRow> Expected() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Demo", "expected.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => new ExpectedRow(cells[0], cells[1], cells[2], cells[3]))];
}

internal sealed record ExpectedRow(string Id, string Verdict, string Kind, string Night);
