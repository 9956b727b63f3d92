using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Simulation;

namespace CarTIngest.Tests.Eligibility;

/// <summary>What the bundled rulebook says of a labelled set, counted: k of n with the one-sided 95 % bound, and every miss.</summary>
internal sealed class VerdictTable
{
    private readonly Dictionary<(Verdict Label, Verdict Said), int> counts = [];
    private readonly List<string> misses = [];

    public VerdictTable(LabelledSet set)
    {
        Name = set.Name;
        foreach (var record in set.Records)
        {
            var label = set.Labels.GetValueOrDefault(record.Id.Local);
            if ((label?.Verdict ?? (label is null ? set.Otherwise : null)) is not { } verdict)
            {
                continue;
            }

            var judged = BundledReview.Rulebook.Judge(record);
            counts[(verdict, judged.Verdict)] = counts.GetValueOrDefault((verdict, judged.Verdict)) + 1;
            if (verdict != judged.Verdict)
            {
                misses.Add($"{record.Id} is {verdict}, judged {judged.Verdict}: {label?.Why}");
            }

            if (verdict == Verdict.Likely && judged.Verdict != Verdict.Unlikely && label?.Targets is { } targets)
            {
                TargetsAsked++;
                TargetsRight += targets.SetEquals(judged.Targets) ? 1 : 0;
                if (!targets.SetEquals(judged.Targets))
                {
                    misses.Add($"{record.Id} targets {string.Join(';', targets)}, read {string.Join(';', judged.Targets)}");
                }
            }
        }
    }

    public string Name { get; }

    public int Likely => Of(Verdict.Likely, Verdict.Likely) + Of(Verdict.Likely, Verdict.Possible) + Lost;

    public int Lost => Of(Verdict.Likely, Verdict.Unlikely);

    public int AsLikely => Of(Verdict.Likely, Verdict.Likely);

    public int SaidLikely => AsLikely + Of(Verdict.Possible, Verdict.Likely) + Of(Verdict.Unlikely, Verdict.Likely);

    public int SaidPossible => Of(Verdict.Likely, Verdict.Possible) + Of(Verdict.Possible, Verdict.Possible) + Of(Verdict.Unlikely, Verdict.Possible);

    public int TargetsAsked { get; private set; }

    public int TargetsRight { get; private set; }

    public int Of(Verdict label, Verdict said) => counts.GetValueOrDefault((label, said));

    public IEnumerable<string> Lines() =>
    [
        $"{Name}: {counts.Values.Sum()} labelled",
        .. Enum.GetValues<Verdict>().Reverse().Select(label => $"  {label,-8} judged likely {Of(label, Verdict.Likely)}, possible {Of(label, Verdict.Possible)}, unlikely {Of(label, Verdict.Unlikely)}"),
        $"  likely ones that reach a person: {Hits(Likely - Lost, Likely)}; as likely: {Hits(AsLikely, Likely)}",
        $"  judged likely and labelled so: {Hits(AsLikely, SaidLikely)}; judged possible: {SaidPossible}",
        $"  targets as sets: {Hits(TargetsRight, TargetsAsked)}",
        .. misses.Select(miss => $"  {miss}"),
    ];

    private static string Hits(int k, int n) =>
        n == 0 ? "none" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{k} of {n}, at least {OneSidedBound.Lower(k, n):0.000} (one-sided 95 % bound)");
}
