using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;

namespace CarTIngest.Eligibility;

/// <summary>The lexicon and the rules in their order, under one content hash. What it says of a record depends on nothing else.</summary>
public sealed class Rulebook
{
    private const int MostQuotes = 5;

    private readonly Lexicon lexicon;
    private readonly Sections sections;
    private readonly RulebookFile file;
    private readonly IReadOnlyList<IEligibilityRule> rules;
    private readonly Targets targets;

    internal Rulebook(string hash, IReadOnlyDictionary<string, string> files, RulebookFile file, Lexicon lexicon)
    {
        Hash = hash;
        Files = files;
        this.file = file;
        this.lexicon = lexicon;
        sections = new Sections(lexicon);
        targets = new Targets(lexicon);
        rules = [.. RulesInOrder(lexicon).Where(rule => !file.Off.Contains(rule.Name))];
    }

    /// <summary>Of all its files and of the code that reads them: <c>sha256:…</c></summary>
    public string Hash { get; }

    /// <summary>Names and contents of the files that it was made of: made of them again, it is the same.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>As the review calls it.</summary>
    public string Name => file.Name;

    public string Version => file.Version;

    public Judgement Judge(SourceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var evidence = Read(record);
        var found = rules.SelectMany(rule => rule.Read(evidence).Select(finding => (Rule: rule, Finding: finding))).ToList();
        var answers = Enum.GetValues<Criterion>().ToDictionary(criterion => criterion, criterion => Verdicts.Answer([.. found.Where(one => one.Rule.Criterion == criterion).Select(one => one.Finding)], CanTell(evidence.Record, criterion)));
        var criteria = new Criteria(answers[Criterion.Intervention], answers[Criterion.Population], answers[Criterion.Design]);
        var named = found.Exists(one => one.Finding.Bearing == Bearing.NamedCase);
        var bound = targets.Read(evidence);
        var flags = Flags.Of(evidence);
        return new Judgement(
            record.Id,
            Verdicts.Of(criteria, named),
            criteria,
            Targets.NamesOf(bound),
            [.. flags.Select(flagged => flagged.Flag)],
            [
                .. found.Select(one => new Finding(one.Rule.Name, Verdicts.OutcomeOf(one.Finding.Bearing), one.Finding.Reason, one.Finding.Quotes)),
                .. Targets.NamesOf(bound).Select(name => new Finding("target", Outcome.Supports, $"{name} is bound to the CAR.", Few(bound.Where(target => target.Name == name).Select(target => target.Quote)))),
                .. flags.Select(flagged => new Finding("flag", Outcome.Supports, flagged.Quotes.Count > 0 ? $"{flagged.Flag} is said." : $"{flagged.Flag}: the record has it as a value.", Few(flagged.Quotes))),
            ],
            Hash);
    }

    /// <summary>The record with every word of the lexicon marked, and what is made of them.</summary>
    internal Evidence Read(SourceRecord record) => new(new MarkedRecord(record, lexicon, sections, file.CarNearTCellCharacters));

    /// <summary>The antigens of the CAR, each with the words that name it.</summary>
    internal IReadOnlyList<BoundTarget> TargetsIn(Evidence evidence) => targets.Read(evidence);

    /// <summary>Products and antigens that a record names, each by its name in the lexicon: what a link between records may rest on.</summary>
    public IReadOnlySet<string> NamesIn(SourceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RecordText.Of(record, sections).SelectMany(lexicon.Scan).Where(mention => mention.Concept is Concept.Antigen or Concept.Product).Select(mention => mention.Term.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Targets and flags bear on no criterion: the first places show enough.</summary>
    private static IReadOnlyList<Quote> Few(IEnumerable<Quote> quotes) => [.. quotes.Distinct().Take(MostQuotes)];

    /// <summary>Whether the text that would tell is there. A title alone tells what it is about, unless it leaves open which.</summary>
    private static bool CanTell(MarkedRecord record, Criterion criterion) => !record.TitleOnly || criterion switch
    {
        Criterion.Intervention => !record.Of(Concept.CellTherapy).Any(),
        Criterion.Population => true,
        _ => false,
    };

    /// <summary>In the order in which a person reads them.</summary>
    internal static IReadOnlyList<IEligibilityRule> RulesInOrder(Lexicon lexicon) =>
    [
        new CarTNamed(),
        new CarTProduct(),
        new OtherCarCells(),
        new CarUnclear(),
        new UnknownProduct(),
        new OtherModality(),
        new AmlNamed(),
        new SecondCancer(),
        new NearAml(),
        new Basket(),
        new OtherPopulation(),
        new Registered(),
        new PublicationKind(lexicon),
        new PatientsTreated(),
        new SingleCase(lexicon),
        new NamedDesigns(),
        new NoOriginalData(),
        new PreclinicalOnly(),
        new TitleAlone(),
    ];
}
