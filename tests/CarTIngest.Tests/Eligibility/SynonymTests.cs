using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Simulation;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Eligibility;

/// <summary>
/// A record says the same by any synonym: each expression for AML, for CAR-T and for an antigen, replaced throughout a record that is judged likely by each other one of the lexicon, leaves it likely.
/// </summary>
public sealed class SynonymTests(ITestOutputHelper output)
{
    /// <summary>One in so many of all records and words; the whole is for the asking.</summary>
    private static readonly int Share = Asked.Whole ? 1 : 23;

    [SkippableTheory]
    [InlineData("aml")]
    [InlineData("car_t")]
    [InlineData("antigen")]
    public async Task No_verdict_falls_by_a_synonym(string heading)
    {
        var concept = Enum.GetValues<Concept>().Single(one => LexiconFile.HeadingOf(one) == $"[{heading}]");
        var likely = (await Asked.SetsAsync()).SelectMany(set => set.Likely()).Select(one => one.Record).Where(record => BundledReview.Rulebook.Judge(record).Verdict == Verdict.Likely).ToList();
        List<string> fallen = [], moved = [];
        int at = 0, tried = 0;
        foreach (var record in likely)
        {
            var targets = BundledReview.Rulebook.Judge(record).Targets.ToHashSet(StringComparer.Ordinal);
            foreach (var (said, other) in Synonyms.Of(record, concept).Where(_ => at++ % Share == 0))
            {
                tried++;
                var judged = BundledReview.Rulebook.Judge(other());
                if (judged.Verdict != Verdict.Likely)
                {
                    fallen.Add($"{record.Id} by '{said}': {judged.Verdict}, {judged.Criteria}");
                }

                if (concept == Concept.Antigen && !targets.SetEquals(judged.Targets))
                {
                    moved.Add($"{record.Id} by '{said}': targets {string.Join(';', targets)} become {string.Join(';', judged.Targets)}");
                }
            }
        }

        fallen.Concat(moved).ToList().ForEach(output.WriteLine);
        output.WriteLine($"{heading}: {likely.Count} likely records, {tried} said again, {fallen.Count} fell{(concept == Concept.Antigen ? $", {moved.Count} have other targets" : "")}.");
        Assert.True(likely.Count >= 200 && tried >= 30, $"{likely.Count} records, {tried} tried");
        Assert.True(moved.Count <= tried / 100, $"{moved.Count} of {tried} have other targets");
        Assert.True(fallen.Count == 0, $"{fallen.Count} of {tried} fell: {string.Join(Environment.NewLine, fallen.Take(20))}");
    }
}
