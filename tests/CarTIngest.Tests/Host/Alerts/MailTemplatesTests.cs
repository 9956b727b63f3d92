using CarTIngest.Host.Alerts;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Reporting.Digests;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>A digest of everything there is, as text and as HTML, beside what was read and found good. After a change that is meant: CARTINGEST_ACCEPT=1.</summary>
public sealed class MailTemplatesTests
{
    private static readonly string Folder = Path.Combine(Shared.RepositoryRoot, "tests", "CarTIngest.Tests", "Host", "Alerts", "Snapshots");

    [Theory]
    [InlineData("digest.txt")]
    [InlineData("digest.html")]
    public void A_digest_is_laid_out_as_it_was_read_and_found_good(string snapshot)
    {
        var letter = new MailTemplates().Write(
            DigestComposer.Of(Material(), new DigestReader(Screens: true, Keeps: true, new WaitingForReader(12, 2, 1, 3)))!,
            [DigestLine.Of("You get this after every night on which something came."), new DigestLine("", "To end this mail:", new Uri("https://review.example/unsubscribe/abc"))]);
        var written = snapshot == "digest.html" ? letter.Html : $"{letter.Subject}\n\n{FlowedText.Plain(letter.Text)}";
        var file = Path.Combine(Folder, snapshot);
        if (Environment.GetEnvironmentVariable("CARTINGEST_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, written);
        }

        Assert.Equal(File.ReadAllText(file), written);
    }

    [Fact]
    public void No_line_of_the_text_is_longer_than_72_signs_unless_it_is_one_word()
    {
        var digest = DigestComposer.Of(Material(), new DigestReader(Screens: true, Keeps: true, WaitingForReader.Nothing))!;

        Assert.All(FlowedText.Of(new MailTemplates().Write(digest, []).Text).Split('\n'), line => Assert.True(line.Length <= FlowedText.Columns || !line.TrimEnd().Contains(' '), line));
    }

    [Fact]
    public void Nights_without_news_are_no_digest() =>
        Assert.Null(DigestComposer.Of(Material() with { Seen = new Dictionary<RecordId, RecordSeen>() }, new DigestReader(Screens: true, Keeps: false, new WaitingForReader(12, 0, 0, 0))));

    [Fact]
    public void Losses_of_the_searches_are_told_to_those_who_keep_them_alone()
    {
        var material = Material();

        Assert.Contains(Lines(new DigestReader(Screens: true, Keeps: true, WaitingForReader.Nothing)), line => line.Label == "LOST by the searches");
        Assert.DoesNotContain(Lines(new DigestReader(Screens: true, Keeps: false, WaitingForReader.Nothing)), line => line.Label == "LOST by the searches");

        IEnumerable<DigestLine> Lines(DigestReader reader) => DigestComposer.Of(material, reader)!.Sections.SelectMany(section => section.Lines);
    }

    private static DigestMaterial Material()
    {
        var (old, added) = (MailNights.Trial("NCT90000001", "TERMINATED", "Two deaths in prolonged aplasia"), MailNights.Trial("NCT90000002", hasResults: true));
        var (preprint, retracted) = (MailNights.Paper(7) with { PublicationTypes = ["Preprint"], Journal = "bioRxiv" }, MailNights.Paper(8, new Correction("RetractionIn", 9, "Invented Blood. 2026;1:1")));
        var night = new NightReport(
            new DateOnly(2026, 3, 2),
            2,
            [
                new SourceNight("pubmed", 2143, 2143, 6, 1, 2136, 0, 0, 0, 0, 0, NamedRecords.None, 9, 1, Answered: true, Complete: true, [], []),
                SourceNight.Down("clinicaltrials", "ClinicalTrials.gov answered 503 eight times.", 8, 0),
            ],
            [],
            [preprint.Id],
            [new CarTIngest.Reporting.StudyTask("nct:NCT90000002", "update_data", "results_posted", added.Id), new CarTIngest.Reporting.StudyTask("nct:NCT90000001", "integrity", "retraction", retracted.Id)],
            [new FieldChange(old.Id, "status", "RECRUITING", "TERMINATED"), new FieldChange(old.Id, "whyStopped", null, old.WhyStopped), new FieldChange(old.Id, "enrollment.count", "24", "10"), new FieldChange(old.Id, "countries", "[]", "[\"Finland\"]")],
            0)
        {
            Watch = [new WatchedLoss(Judged.Id("pmid:11"), "nct:NCT90000003", "strategy", "MeSH terms went: Receptors, Chimeric Antigen.", new DateOnly(2026, 3, 2), null)],
        };
        return new DigestMaterial(
            [night],
            new[]
            {
                Seen(old, "nct:NCT90000001", StudyClass.Included, null),
                Seen(added, "nct:NCT90000002", StudyClass.Ongoing, null),
                Seen(retracted, "nct:NCT90000001", StudyClass.Included, ReportKind.Paper, old),
                Seen(preprint, "pmid:7", null, ReportKind.Preprint) with { Links = ["to PMID 6: Both have the DOI 10.5555/x."], Cautions = ["with PMID 6: Both report patients of PMID 6: a paper and a preprint."] },
            }.ToDictionary(seen => seen.Id),
            7);
    }

    private static RecordSeen Seen(SourceRecord record, string study, StudyClass? given, ReportKind? kind, params Trial[] trials) =>
        new(record, study, given, kind, CarTIngest.Simulation.BundledReview.Rulebook.Judge(record), record is Trial own ? [own] : trials, [], []);
}
