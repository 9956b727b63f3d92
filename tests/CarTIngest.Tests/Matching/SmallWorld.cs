using System.Globalization;
using CarTIngest.Matching;
using CarTIngest.Records;
using CsCheck;

namespace CarTIngest.Tests.Matching;

/// <summary>A few registrations and papers that name each other at random, and what people ruled about some pairs of them.</summary>
internal sealed record SmallWorld(IReadOnlyList<SourceRecord> Records, IReadOnlyList<LinkRuling> Rulings)
{
    private static readonly string[] Unheld = ["ChiCTR1900000001", "ChiCTR1900000002", "NCT99999999"];

    private static readonly string[] Shared = ["2015-001234-56", "2016-001234-56"];

    private static readonly DateTimeOffset Begin = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Mostly pairs that really share something, or nothing would be ruled on.</summary>
    public static Gen<SmallWorld> Gen { get; } =
        from trials in CsCheck.Gen.Int[0, 5]
        from papers in CsCheck.Gen.Int[0, 7]
        from draws in CsCheck.Gen.Int[0, 999].Array[120]
        select Made(trials, papers, draws);

    public IReadOnlyDictionary<RecordId, SourceRecord> ById => Records.ToDictionary(record => record.Id);

    public StudySet Build() => Build(Records, Rulings);

    public static StudySet Build(IReadOnlyList<SourceRecord> records, IEnumerable<LinkRuling> rulings) =>
        StudyBuilder.Build(records, TrialLinker.Link(records, _ => new HashSet<string>(), CancellationToken.None), rulings);

    /// <summary>The studies as one text, to compare and to show.</summary>
    public static string Written(IEnumerable<Study> studies) => string.Join('\n', studies.Select(study =>
        $"{study.Id}: {string.Join(", ", study.Registrations.Select(registration => $"{registration.Id} {Links(registration.Because)}"))} | {string.Join(", ", study.Reports.Select(report => $"{report.Id} {report.Kind} {string.Join('+', report.Numbers.Select(clue => clue.Number))} {Links(report.Because)}"))}"));

    public override string ToString() => string.Join('\n', Records.Select(RecordJson.Write).Concat(Rulings.Select(ruling => $"{ruling.Pair} {ruling.Ruling} {ruling.At:O}")));

    private static string Links(IEnumerable<Link> links) => $"[{string.Join("; ", links.Select(link => $"{link.Pair} {link.Kind} {link.Strength} {string.Join('+', link.Clues.Select(clue => clue.Clue))}"))}]";

    private static SmallWorld Made(int trials, int papers, int[] draws)
    {
        var at = 0;
        int Draw(int end) => draws[at++ % draws.Length] % end;
        string Nct(int number) => "NCT" + (90000001 + number).ToString(CultureInfo.InvariantCulture);
        var records = new List<SourceRecord>();
        for (var number = 0; number < trials; number++)
        {
            records.Add(new Trial
            {
                NctId = Nct(number),
                BriefTitle = $"Trial {number}",
                Aliases = Draw(8) == 0 ? [Nct(20 + Draw(2))] : [],
                SecondaryIds = Draw(3) == 0 ? [new("EUDRACT_NUMBER", Shared[Draw(2)])] : [],
                References = Draw(3) == 0 ? [new(70000001 + Draw(7), Draw(2) == 0 ? "RESULT" : "DERIVED", null)] : [],
            });
        }

        for (var number = 0; number < papers; number++)
        {
            IEnumerable<string> named = Draw(3) == 0 ? [] : [Nct(Draw(5)), .. Draw(3) == 0 ? [Nct(Draw(5))] : Array.Empty<string>()];
            IEnumerable<string> elsewhere = Draw(2) == 0 ? [] : [Unheld[Draw(3)], .. Draw(4) == 0 ? [Unheld[Draw(3)]] : Array.Empty<string>()];
            records.Add(new Publication
            {
                Pmid = 70000001 + number,
                Title = $"Paper {(char)('A' + number)} of its own",
                RegistryNumbers = [.. named.Concat(elsewhere)],
                PublicationTypes = Draw(6) == 0 ? ["Review"] : [],
                Corrections = Draw(4) == 0 ? [new(Draw(2) == 0 ? "UpdateOf" : "ErratumFor", 70000001 + Draw(7), null)] : [],
            });
        }

        var rulings = new List<LinkRuling>();
        for (var number = 0; records.Count > 1 && number < Draw(5); number++)
        {
            var (one, other) = (records[Draw(records.Count)].Id, records[Draw(records.Count)].Id);
            if (one != other)
            {
                rulings.Add(new(RecordPair.Of(one, other), Draw(3) == 0 ? Ruling.Together : Ruling.Apart, "reader", Begin.AddDays(Draw(3))));
            }
        }

        return new(records, rulings);
    }
}
