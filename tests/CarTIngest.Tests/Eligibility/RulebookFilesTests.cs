using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Simulation;

namespace CarTIngest.Tests.Eligibility;

/// <summary>A librarian may change the words; a mistake stops the start and names its line.</summary>
public sealed class RulebookFilesTests
{
    private const string Aml = "lexicon/30-aml.txt";

    [Fact]
    public void A_changed_word_changes_the_hash_and_what_is_read()
    {
        var changed = Make(files => files[Aml] = files[Aml].Replace("[aml]", "[aml]\nleukaemia of the muster kind\n#", StringComparison.Ordinal));
        var record = new Trial { NctId = "NCT97000001", BriefTitle = "CAR-T in leukemia of the Muster kind", Interventions = [new Intervention(null, "CAR-T", [], null)] };

        Assert.NotEqual(BundledReview.Rulebook.Hash, changed.Hash);
        Assert.Equal((Verdict.Possible, Verdict.Likely), (BundledReview.Rulebook.Judge(record).Verdict, changed.Judge(record).Verdict));
        Assert.Equal(BundledReview.Rulebook.Hash, Make(_ => { }).Hash);
    }

    [Theory]
    [InlineData("[aml]\nfirst word\nsecond word\n[amml]\n", 4, "[amml]")]
    [InlineData("word\n", 1, "no heading")]
    [InlineData("[aml\nAML\n", 1, "no ]")]
    [InlineData("[aml]\n???\n", 2, "holds no word")]
    [InlineData("[aml]\nmyeloid X -> CD33\n", 2, "no product")]
    public void A_broken_line_is_named(string content, int line, string says)
    {
        var broken = Assert.Throws<BrokenRulebookException>(() => Make(files => files["lexicon/99-own.txt"] = content));
        Assert.Equal(("lexicon/99-own.txt", line), (broken.File, broken.Line));
        Assert.Contains(says, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_stands_twice_is_named_with_both_places()
    {
        var broken = Assert.Throws<BrokenRulebookException>(() => Make(files => files["lexicon/99-own.txt"] = "[aml]\nAcute Myeloid Leuk*\n"));
        Assert.Contains("stands already in lexicon/30-aml.txt, line", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_without_words_and_a_rule_that_is_not_are_named()
    {
        Assert.Contains("[aml]", Assert.Throws<BrokenRulebookException>(() => Make(files => files[Aml] = files[Aml].Replace("[aml]", "[mds]", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("'aml_nmaed'", Assert.Throws<BrokenRulebookException>(() => Make(files => files[RulebookFiles.BookFile] = """{"name":"x","version":"1","off":["aml_nmaed"]}""")).Message, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<BrokenRulebookException>(() => Make(files => files[RulebookFiles.BookFile] = "{\"name\":\"x\",\n\"verison\":\"1\"}")).Line);
    }

    private static Rulebook Make(Action<Dictionary<string, string>> change)
    {
        var files = BundledReview.Files();
        change(files);
        return RulebookFiles.Make(files);
    }
}
