using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;
using CarTIngest.Simulation;

namespace CarTIngest.Tests.Eligibility;

/// <summary>A record says the same by any synonym: each expression for AML and for CAR-T in the title and the conditions of a likely study, replaced by each other one of the lexicon, leaves it likely.</summary>
public sealed class SynonymTests
{
    /// <summary>Every so many studies; the whole set is for the asking.</summary>
    private const int Share = 6;

    private static readonly Lexicon Words = new(BundledReview.Files().Where(file => file.Key != RulebookFiles.BookFile).SelectMany(file => LexiconFile.Read(file.Key, file.Value)).Select(read => read.Term));

    [Theory]
    [InlineData("aml")]
    [InlineData("car_t")]
    public async Task No_verdict_falls_by_a_synonym(string heading)
    {
        var set = await LabelledSet.InventedStudiesAsync();
        var likely = set.Records.OfType<Trial>().Where(study => BundledReview.Rulebook.Judge(study).Verdict == Verdict.Likely).Where((_, at) => at % Share == 0).ToList();
        var synonyms = Words.Terms.Where(term => LexiconFile.HeadingOf(term.Concept) == $"[{heading}]").Select(term => term.Written.Trim('~', '*')).Distinct().ToList();
        var fallen = new List<string>();
        foreach (var study in likely)
        {
            foreach (var synonym in synonyms)
            {
                var said = With(study, heading, synonym);
                if (BundledReview.Rulebook.Judge(said).Verdict != Verdict.Likely)
                {
                    fallen.Add($"{study.NctId} by '{synonym}': {said.BriefTitle}");
                }
            }
        }

        Assert.NotEmpty(likely);
        Assert.True(fallen.Count == 0, $"{fallen.Count} of {likely.Count * synonyms.Count} fell: {string.Join(Environment.NewLine, fallen.Take(20))}");
    }

    private static Trial With(Trial study, string heading, string synonym) => study with
    {
        BriefTitle = Replaced(study.BriefTitle, heading, synonym),
        OfficialTitle = Replaced(study.OfficialTitle, heading, synonym),
        Conditions = [.. study.Conditions.Select(condition => Replaced(condition, heading, synonym)!)],
        Interventions = [.. study.Interventions.Select(one => one with { Name = Replaced(one.Name, heading, synonym), OtherNames = [.. one.OtherNames.Select(name => Replaced(name, heading, synonym)!)] })],
    };

    private static string? Replaced(string? text, string heading, string synonym)
    {
        if (text is null)
        {
            return null;
        }

        var said = Words.Scan(Passage.Of("", FieldRole.Title, text)).Where(mention => LexiconFile.HeadingOf(mention.Concept) == $"[{heading}]").OrderByDescending(mention => mention.Start).ToList();
        return said.Aggregate(text, (changed, mention) => mention.End > changed.Length ? changed : $"{changed[..mention.Start]}{synonym}{changed[mention.End..]}");
    }
}
