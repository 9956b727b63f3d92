using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CarTIngest.Tests.Invented;

/// <summary>The invented nights as files: fictitious numbers, the size they claim, and a page that names every night and record of note.</summary>
public sealed partial class InventedCorpusTests
{
    [Fact]
    public void Every_number_is_fictitious_by_its_prefix()
    {
        foreach (var text in Files("*").Select(File.ReadAllText))
        {
            Assert.All(NctNumber().Matches(text), match => Assert.Matches("^NCT980000[0-9]{2}$", match.Value));
            Assert.All(DoiStart().Matches(text), match => Assert.Equal("10.5555/", match.Value));
            Assert.All(CitedPmid().Matches(text), match => Assert.Matches("^980000[0-9]{2}$", match.Groups[1].Value));
        }
    }

    [Fact]
    public void They_hold_twenty_nine_publications_and_twenty_five_studies_on_eleven_nights()
    {
        var pmids = Files("*.xml").SelectMany(file => XDocument.Load(file).Root!.Elements())
            .Select(record => record.Elements().Select(child => child.Element("PMID")?.Value).FirstOrDefault(pmid => pmid is not null)).OfType<string>();
        var studies = Files("*.jsonl").SelectMany(File.ReadLines).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Select(line => line.TryGetProperty("upsert", out var study) ? study : line).Where(line => line.TryGetProperty("protocolSection", out _))
            .Select(study => study.GetProperty("protocolSection").GetProperty("identificationModule").GetProperty("nctId").GetString());

        Assert.Equal((29, 25, 11), (pmids.Distinct().Count(), studies.Distinct().Count(), Nights().Count));
    }

    [Fact]
    public void The_page_and_the_expectation_name_every_night()
    {
        var page = File.ReadAllText(Path.Combine(InventedNights.Folder, "README.md"));

        Assert.All(Nights(), night => Assert.Contains($"\n| {night} | ", page, StringComparison.Ordinal));
        Assert.Equal(Nights(), InventedNights.Expected.GetProperty("nights").EnumerateArray().Select(night => night.GetProperty("night").GetString()));
    }

    private static IReadOnlyList<string> Nights() => [.. Files("*").Select(file => Path.GetFileName(file)[..10]).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Files(string pattern) => Directory.GetFiles(InventedNights.Registry, pattern).Concat(Directory.GetFiles(InventedNights.PubMed, pattern));

    [GeneratedRegex("NCT[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NctNumber();

    [GeneratedRegex(@"\b10\.[0-9]{4,9}/", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DoiStart();

    [GeneratedRegex("""(?:"pmid": ?"|"pmid:|<PMID[^>]*>|IdType="pubmed">)([0-9]+)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CitedPmid();
}
