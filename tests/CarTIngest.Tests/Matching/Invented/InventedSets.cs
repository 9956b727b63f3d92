using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Tests.Matching.Invented;

/// <summary>Where a set hides the number that joins its paper to its trial.</summary>
internal enum HiddenIn
{
    Databank,
    Abstract,
    ResultReference,
    DerivedReference,
    SecondRegistry,
    SisterRegistration,
    PreprintOnly,
    Nowhere,
}

/// <summary>
/// Invented trials with their papers, each set with its near misses: another product of the same sponsor, the same antigen elsewhere, a dose-escalation sister,
/// a review that cites the number, an earlier paper under BACKGROUND, a paper that only announces the trial. Truth: which registrations each paper reports.
/// </summary>
internal sealed class InventedSets
{
    private readonly InventedNames names;
    private readonly List<SourceRecord> records = [];
    private readonly HashSet<string> lexicon = new(StringComparer.OrdinalIgnoreCase);
    private int nextNct = 90000001;
    private int nextPmid = 70000001;

    public InventedSets(int count, int seed)
    {
        names = new(seed);
        for (var at = 0; at < count; at++)
        {
            // One in three has its number nowhere.
            AddSet(at % 3 == 2 ? HiddenIn.Nowhere : (HiddenIn)(at % (int)HiddenIn.Nowhere));
        }
    }

    public IReadOnlyList<SourceRecord> Records => records;

    /// <summary>By paper, the registrations of the trial that it reports; none for reviews and background.</summary>
    public Dictionary<RecordId, IReadOnlyList<RecordId>> Reports { get; } = [];

    /// <summary>How each reporting paper can be found.</summary>
    public Dictionary<RecordId, HiddenIn> Hidden { get; } = [];

    /// <summary>Registrations of one trial.</summary>
    public List<IReadOnlyList<RecordId>> Pairs { get; } = [];

    /// <summary>What a lexicon would find: antigens, and the products that it knows (two of three).</summary>
    public IReadOnlySet<string> NamesOf(SourceRecord record)
    {
        var text = RecordJson.Write(record);
        return lexicon.Where(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)).ToHashSet(StringComparer.Ordinal);
    }

    private void AddSet(HiddenIn hidden)
    {
        var (antigen, product, sponsor) = (names.Antigen(), names.Product(), names.Sponsor());
        var disease = names.One(["Acute Myeloid Leukemia", "Relapsed or Refractory AML", "Myeloid Malignancies", "Refractory Acute Myeloid Leukaemia in Children"]);
        var start = 2014 + names.Below(8);
        var patients = 6 + names.Below(40);
        var team = Enumerable.Range(0, 5 + names.Below(4)).Select(_ => new PublicationAuthor { Last = names.Surname(), Initials = names.Given() }).ToList();
        var acronym = names.Below(3) == 0 ? names.Acronym() : null;
        lexicon.Add(antigen);
        if (names.Below(3) > 0)
        {
            lexicon.Add(product);
        }

        var trial = NewTrial(antigen, product, sponsor, disease, start, patients) with { Acronym = acronym };
        var published = start + 2 + names.Below(3);
        var paper = NewPaper(antigen, names.Below(2) > 0 || hidden != HiddenIn.Nowhere ? product : null, disease, published, patients, team);
        if (acronym is not null && names.Below(2) == 0)
        {
            paper = paper with { Abstract = [.. paper.Abstract, new("TRIAL", $"The {acronym} trial was run at {sponsor}.")] };
        }

        List<Trial> registrations = [trial];
        switch (hidden)
        {
            case HiddenIn.Databank:
                paper = paper with { RegistryNumbers = [trial.NctId] };
                break;
            case HiddenIn.Abstract:
                paper = paper with { Abstract = [.. paper.Abstract, new("REGISTRATION", $"This trial is registered at ClinicalTrials.gov as {trial.NctId.Insert(3, names.One(["", " ", "-", ": "]))}.")] };
                break;
            case HiddenIn.ResultReference or HiddenIn.DerivedReference:
                registrations[0] = trial with { References = [new(paper.Pmid, hidden == HiddenIn.ResultReference ? "RESULT" : "DERIVED", $"{team[0].Last} {team[0].Initials}. {paper.Title}")] };
                break;
            case HiddenIn.SecondRegistry:
                var chictr = "ChiCTR" + (2000000000 + names.Below(99999999)).ToString(CultureInfo.InvariantCulture);
                registrations[0] = trial with { SecondaryIds = [new("REGISTRY", chictr)] };
                paper = paper with { Abstract = [.. paper.Abstract, new("REGISTRATION", $"Chinese Clinical Trial Registry, {chictr}.")] };
                break;
            case HiddenIn.SisterRegistration:
                var eudract = $"{start}-{names.Below(999999):000000}-{names.Below(99):00}";
                var twin = NewTrial(antigen, product, sponsor, disease, start, patients) with { SecondaryIds = [new("EUDRACT_NUMBER", eudract)] };
                registrations = [trial with { SecondaryIds = [new("EUDRACT_NUMBER", eudract)] }, twin];
                paper = paper with { Keywords = [.. paper.Keywords, twin.NctId] };
                Pairs.Add([trial.Id, twin.Id]);
                break;
            case HiddenIn.PreprintOnly:
                var preprint = paper with { Pmid = nextPmid++, PublicationTypes = ["Preprint"], Journal = "medRxiv : the preprint server for health sciences", Published = Date(published - 1), RegistryNumbers = [trial.NctId] };
                Report(preprint, registrations, HiddenIn.Databank);
                break;
            default:
                break;
        }

        Report(paper, registrations, hidden);
        AddNearMisses(registrations, paper, antigen, product, sponsor, disease, start, patients, team);
    }

    private void Report(Publication paper, List<Trial> registrations, HiddenIn hidden)
    {
        records.Add(paper);
        Reports[paper.Id] = [.. registrations.Select(registration => registration.Id)];
        Hidden[paper.Id] = hidden;
    }

    private void AddNearMisses(List<Trial> registrations, Publication paper, string antigen, string product, string sponsor, string disease, int start, int patients, List<PublicationAuthor> team)
    {
        var trial = registrations[0];
        // An earlier paper of the same people, which half of the registrations cite and none claims.
        var earlier = NewPaper(antigen, null, "xenograft models of leukemia", start - 1, 0, team) with { Title = $"Preclinical activity of T cells redirected to {antigen} in xenografts" };
        records.Add(earlier);
        if (names.Below(2) == 0)
        {
            registrations[0] = trial with { References = [.. trial.References, new(earlier.Pmid, "BACKGROUND", $"{team[0].Last} {team[0].Initials}, {team[1].Last} {team[1].Initials}, {team[^1].Last} {team[^1].Initials}. {earlier.Title}")] };
        }

        records.AddRange(registrations);

        var otherProduct = names.Product();
        lexicon.Add(otherProduct);
        records.Add(NewTrial(antigen, otherProduct, sponsor, disease, start + 1, patients + 3));
        records.Add(NewTrial(antigen, names.Product(), names.Sponsor(), disease, start, patients + 1));
        if (names.Below(2) == 0)
        {
            records.Add(NewTrial(antigen, product, sponsor, disease, start + 3, patients + 9) with { BriefTitle = $"Dose Escalation and Expansion of {product} After Fludarabine, Part B" });
        }

        var cited = records.OfType<Trial>().Select(other => other.NctId).TakeLast(names.One([1, 3, 5])).Append(trial.NctId).Distinct().ToList();
        var review = NewPaper(antigen, product, disease, start + 4, 0, [new() { Last = names.Surname(), Initials = names.Given() }]) with
        {
            Title = $"Targeting {antigen} in {disease}: where we stand",
            PublicationTypes = cited.Count > 3 ? ["Journal Article"] : ["Review"],
            RegistryNumbers = cited,
        };
        records.Add(review);
        if (names.Below(3) == 0)
        {
            var announcing = NewPaper(names.Antigen(), null, disease, start + 1, 4, [new() { Last = names.Surname(), Initials = names.Given() }]);
            records.Add(announcing with { Abstract = [.. announcing.Abstract, new("OUTLOOK", $"A larger trial of {product} ({trial.NctId}) is planned elsewhere.")] });
        }
    }

    private Trial NewTrial(string antigen, string product, string sponsor, string disease, int start, int patients) => new()
    {
        NctId = "NCT" + (nextNct++).ToString(CultureInfo.InvariantCulture),
        BriefTitle = names.One([$"{product} in {disease}", $"{antigen} CAR-T Cells for {disease}", $"Study of {product}, a {antigen}-directed CAR T-Cell Product, in {disease}"]),
        OfficialTitle = $"A {names.One(["Phase 1", "Phase I/II", "First-in-Human"])} Study of Chimeric Antigen Receptor T Cells Against {antigen} ({product}) in {disease}",
        Phases = ["PHASE1"],
        StudyType = "INTERVENTIONAL",
        Conditions = [disease],
        Interventions = [new("BIOLOGICAL", names.One([product, $"{antigen} CAR-T"]), [], null)],
        Sponsor = sponsor,
        Enrollment = new(patients, names.One(["ACTUAL", "ESTIMATED"])),
        Start = Date(start),
        PrimaryCompletion = Date(start + 2),
        Countries = ["Nowhere"],
    };

    private Publication NewPaper(string antigen, string? product, string disease, int year, int patients, IReadOnlyList<PublicationAuthor> team) => new()
    {
        Pmid = nextPmid++,
        Title = names.One(
        [
            $"{antigen}-directed CAR T cells in {disease.ToLowerInvariant()}", $"Chimeric antigen receptor T cells targeting {antigen} induce remissions in {disease.ToLowerInvariant()}: a phase 1 trial",
            $"Safety and activity of {product ?? "autologous T cells"} against {antigen}", $"Clinical experience with {antigen} as a target of engineered T cells: {names.Surname()} cohort",
        ]),
        Abstract =
        [
            new("METHODS", $"We treated patients with {disease} with {product ?? "engineered T cells"} at {1 + names.Below(5)} dose levels."),
            new("RESULTS", patients == 0 ? "No patient was treated." : $"{patients - names.One([0, 0, 1, 2])} patients were infused; the overall response rate was {20 + names.Below(60)} %."),
        ],
        Journal = names.One(["Journal of Invented Hematology", "Annals of Nowhere Medicine", "Cell Letters"]),
        Volume = names.Below(90).ToString(CultureInfo.InvariantCulture),
        Pages = names.Below(900).ToString(CultureInfo.InvariantCulture),
        Published = Date(year),
        Authors = team,
        PublicationTypes = ["Journal Article"],
        Keywords = [antigen],
    };

    private PartialDate Date(int year) => PartialDate.TryParse($"{year}-{1 + names.Below(12):00}", out var date) ? date : throw new InvalidOperationException("No such month.");
}
