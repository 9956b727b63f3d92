using CarTIngest.Host.Alerts;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Reporting.Digests;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>A digest of everything there is, an alert and a sign of life, as text and as HTML, beside what was read and found good.</summary>
public sealed class MailTemplatesTests
{
    [Theory]
    [InlineData("digest.txt")]
    [InlineData("digest.html")]
    public void A_digest_is_laid_out_as_it_was_read_and_found_good(string snapshot)
    {
        var letter = new MailTemplates().Write(
            DigestComposer.Of(Material(), new DigestReader(Screens: true, KeepsSearches: true, new WaitingForReader(12, 2, 1, 3)) { HasCommands = true })!,
            [DigestLine.Of("You get this after every night on which something came."), new DigestLine("", "To end this mail:", new Uri("https://review.example/unsubscribe/abc"))]);
        Snapshot.Shows(snapshot, letter);
    }

    [Theory]
    [InlineData("alert.txt")]
    [InlineData("alert.html")]
    public void An_alert_is_laid_out_as_it_was_read_and_found_good(string snapshot)
    {
        var retracted = Material().Seen[Judged.Id("pmid:8")];

        Snapshot.Shows(snapshot, new MailTemplates().Write(new UrgentNews("retraction", "pmid:8", retracted).Told(["version 1.0 (10.9999/invented)"]), [DigestLine.Of("You get this at once because it cannot wait for a digest.")]));
    }

    [Fact]
    public void Results_of_a_trial_are_told_with_how_we_hold_it()
    {
        var posted = Material().Seen[Judged.Id("nct:NCT90000002")];

        Assert.Contains("We hold it as: ongoing", new MailTemplates().Write(new UrgentNews("results", "nct:NCT90000002", posted).Told([]), []).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alive.txt")]
    [InlineData("alive.html")]
    public void A_sign_of_life_is_laid_out_as_it_was_read_and_found_good(string snapshot)
    {
        var quiet = Material() with { Seen = new Dictionary<RecordId, RecordSeen>() };
        var alive = DigestComposer.Alive(quiet with { Nights = [.. quiet.Nights.Select(night => night with { Watch = [] })] }, new DigestReader(Screens: true, KeepsSearches: true, new WaitingForReader(12, 2, 1, 3)) { HasCommands = true });

        Snapshot.Shows(snapshot, new MailTemplates().Write(alive, [DigestLine.Of("You get this because nothing else was written to you for a week.")]));
    }

    [Fact]
    public void A_sign_of_life_says_that_nothing_is_new_only_where_that_is_so()
    {
        var reader = new DigestReader(Screens: true, KeepsSearches: false, WaitingForReader.Nothing);

        Assert.Equal("The searches run", DigestComposer.Alive(Material(), reader).Subject);
        Assert.Equal("The searches run; nothing new to tell you this week", DigestComposer.Alive(Material() with { Seen = new Dictionary<RecordId, RecordSeen>() }, reader).Subject);
    }

    [Fact]
    public void Every_changed_record_is_counted_once_and_as_what_it_is()
    {
        var (terminated, told, other, paper) = (MailNights.Trial("NCT90000001", "TERMINATED"), MailNights.Trial("NCT90000002", "TERMINATED"), MailNights.Trial("NCT90000003"), MailNights.Paper(8));
        var night = Material().Nights[0] with
        {
            Possible = [],
            Watch = [],
            Tasks = [new CarTIngest.Reporting.StudyTask("nct:NCT90000001", "integrity", "erratum", paper.Id), new CarTIngest.Reporting.StudyTask("nct:NCT90000001", "integrity", "concern", terminated.Id)],
            Changes =
            [
                new FieldChange(terminated.Id, "status", "RECRUITING", "TERMINATED"), new FieldChange(terminated.Id, "whyStopped", null, "Two deaths"),
                new FieldChange(told.Id, "status", "RECRUITING", "TERMINATED"),
                new FieldChange(other.Id, "whyStopped", "Money", null),
            ],
        };
        var seen = new[] { Seen(terminated, "nct:NCT90000001", null, null), Seen(told, "nct:NCT90000002", null, null), Seen(other, "nct:NCT90000003", null, null), Seen(paper, "pmid:8", null, ReportKind.Paper) };

        var digest = DigestComposer.Of(new DigestMaterial([night], seen.ToDictionary(one => one.Id), null), new DigestReader(Screens: false, KeepsSearches: false, WaitingForReader.Nothing))!;

        Assert.Equal("1 retraction or concern, 1 trial stopped, 1 trial changed, 1 erratum", digest.Subject);
        Assert.Equal(["Retractions and concerns (1)", "Changes in trials and reports we hold (3)", "Did the search work?"], digest.Sections.Select(section => section.Title));
    }

    [Fact]
    public void Commands_are_named_to_those_alone_who_have_them()
    {
        var reader = new DigestReader(Screens: true, KeepsSearches: true, new WaitingForReader(12, 2, 1, 3));

        Assert.DoesNotContain("`cartingest", Written(reader), StringComparison.Ordinal);
        Assert.Contains("operator for the list", Written(reader), StringComparison.Ordinal);
        Assert.Contains("`cartingest export --of all", Written(reader with { HasCommands = true }), StringComparison.Ordinal);

        string Written(DigestReader to) => new MailTemplates().Write(DigestComposer.Of(Material(), to)!, []).Text;
    }

    [Fact]
    public void No_line_of_the_text_is_longer_than_72_signs_unless_it_is_one_word()
    {
        var digest = DigestComposer.Of(Material(), new DigestReader(Screens: true, KeepsSearches: true, WaitingForReader.Nothing))!;

        Assert.All(FlowedText.Of(new MailTemplates().Write(digest, []).Text).Split('\n'), line => Assert.True(line.Length <= FlowedText.Columns || !line.TrimEnd().Contains(' '), line));
    }

    [Fact]
    public void Nights_without_news_are_no_digest() =>
        Assert.Null(DigestComposer.Of(Material() with { Seen = new Dictionary<RecordId, RecordSeen>() }, new DigestReader(Screens: true, KeepsSearches: false, new WaitingForReader(12, 0, 0, 0))));

    [Fact]
    public void Losses_of_the_searches_are_told_to_those_who_keep_them_alone()
    {
        var material = Material();

        Assert.Contains(Lines(new DigestReader(Screens: true, KeepsSearches: true, WaitingForReader.Nothing)), line => line.Label == "PMID 11");
        Assert.DoesNotContain(Lines(new DigestReader(Screens: true, KeepsSearches: false, WaitingForReader.Nothing)), line => line.Label == "PMID 11");

        IEnumerable<DigestLine> Lines(DigestReader reader) => DigestComposer.Of(material, reader)!.Sections.SelectMany(section => section.Lines);
    }

    [Theory]
    [InlineData(1, "1 included report found again by the searches")]
    [InlineData(2, "2 included reports found again by the searches")]
    public void What_was_found_again_is_counted_in_the_subject(int found, string subject)
    {
        var back = Material().Nights[0].Watch[0] with { Until = new DateOnly(2026, 3, 3) };
        var night = Material().Nights[0] with { Possible = [], Tasks = [], Changes = [], Watch = [.. Enumerable.Repeat(back, found)] };

        Assert.Equal(subject, DigestComposer.Of(Material() with { Nights = [night] }, new DigestReader(Screens: true, KeepsSearches: true, WaitingForReader.Nothing))!.Subject);
    }

    [Fact]
    public void Results_are_told_in_one_sentence_of_what_came_for_which_trial()
    {
        var (trial, paper) = (MailNights.Trial("NCT90000002"), MailNights.Paper(12));
        var night = Material().Nights[0] with { Possible = [], Watch = [], Changes = [], Tasks = [new CarTIngest.Reporting.StudyTask("nct:NCT90000002", "results_available", "new_report", paper.Id)] };
        var report = Seen(paper, "nct:NCT90000002", StudyClass.Ongoing, ReportKind.Paper, trial);
        var digest = DigestComposer.Of(new DigestMaterial([night], new Dictionary<RecordId, RecordSeen> { [paper.Id] = report }, null), new DigestReader(Screens: true, KeepsSearches: false, WaitingForReader.Nothing))!;

        Assert.Equal("a report of NCT90000002 came.", digest.Sections[0].Items[0].Lines[0].Text);
        Assert.Equal("A report of a trial that the review follows came.", new UrgentNews("results", "pmid:12", report).Told([]).Opening);
        Assert.Equal("Results were posted for a trial that the review follows.", new UrgentNews("results", "nct:NCT90000002", Seen(trial, "nct:NCT90000002", StudyClass.Ongoing, null)).Told([]).Opening);
    }

    [Fact]
    public void What_was_told_as_new_before_is_not_new_again_when_it_turns_out_to_belong_to_another_study()
    {
        var trial = MailNights.Trial("NCT90000006");
        var night = Material().Nights[0] with { Possible = [], Watch = [], Changes = [], Tasks = [new CarTIngest.Reporting.StudyTask("nct:NCT90000001", "update_data", "new_report", trial.Id)] };
        var material = new DigestMaterial([night], new Dictionary<RecordId, RecordSeen> { [trial.Id] = Seen(trial, "nct:NCT90000001", null, null) with { Links = ["to NCT90000001: one reason."] } }, null);
        var reader = new DigestReader(Screens: true, KeepsSearches: false, WaitingForReader.Nothing);

        Assert.Equal("New registrations and reports (1)", DigestComposer.Of(material, reader)!.Sections[0].Title);
        var digest = DigestComposer.Of(material with { ToldBefore = new HashSet<RecordId> { trial.Id } }, reader)!;
        Assert.Equal(("1 record joined to a study", "Changes in trials and reports we hold (1)"), (digest.Subject, digest.Sections[0].Title));
        Assert.Equal(new DigestLine("Joined", "to NCT90000001: one reason."), Assert.Single(digest.Sections[0].Items[0].Lines));
        var results = material with { Nights = [night with { Tasks = [night.Tasks[0] with { Task = "results_available" }] }], ToldBefore = new HashSet<RecordId> { trial.Id } };
        Assert.Equal("Results of 1 trial", DigestComposer.Of(results, reader)!.Subject);
    }

    [Fact]
    public void What_came_with_a_new_study_is_told_as_what_brought_it_is_and_once()
    {
        var (trial, paper) = (MailNights.Trial("NCT90000006"), MailNights.Paper(12));
        var night = Material().Nights[0] with { Likely = [trial.Id], Possible = [], Beside = [paper.Id], Watch = [], Changes = [], Tasks = [] };
        var material = new DigestMaterial([night], new[] { Seen(trial, "nct:NCT90000006", null, null), Seen(paper, "nct:NCT90000006", null, ReportKind.Paper) }.ToDictionary(seen => seen.Id), null);
        var reader = new DigestReader(Screens: true, KeepsSearches: false, WaitingForReader.Nothing);

        Assert.Equal([StudyLinks.Of(trial.Id), StudyLinks.Of(paper.Id)], DigestComposer.Of(material, reader)!.Sections[0].Items.Select(item => item.Link));
        Assert.Equal("1 new record (CD33), 1 record joined to a study", DigestComposer.Of(material with { ToldBefore = new HashSet<RecordId> { paper.Id } }, reader)!.Subject);
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
                Seen(preprint, "pmid:7", null, ReportKind.Preprint) with { Links = ["to PMID 6: Both have the DOI 10.5555/x."], Cautions = ["with PMID 6. Both report patients of one study: a paper and a preprint."] },
            }.ToDictionary(seen => seen.Id),
            7);
    }

    private static RecordSeen Seen(SourceRecord record, string study, StudyClass? given, ReportKind? kind, params Trial[] trials) =>
        new(record, study, given, kind, CarTIngest.Simulation.BundledReview.Rulebook.Judge(record), record is Trial own ? [own] : trials, [], []);
}
