using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Records;
using CarTIngest.Simulation;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Eligibility;

/// <summary>
/// Next week's code name is on no list. Each product is taken out of the lexicon in turn, with all its names, and the likely records that name it are judged without it: what is
/// missed then is what will be missed of the next product. The table is printed.
/// </summary>
public sealed class LeaveOneProductOutTests(ITestOutputHelper output)
{
    private const string File = "lexicon/20-other-cells.txt";

    [SkippableFact]
    public async Task Without_a_products_name_only_what_nothing_else_calls_CAR_T_is_missed()
    {
        var likely = (await Asked.SetsAsync()).SelectMany(set => set.Likely()).ToList();
        var products = Products();
        var named = likely.SelectMany(one => BundledReview.Rulebook.NamesIn(one.Record).Where(products.Contains).Select(product => (Product: product, one.Record, one.Label))).ToLookup(one => one.Product);
        var missed = new List<string>();
        int kept = 0, possible = 0;
        foreach (var product in products)
        {
            var without = named.Contains(product) ? Without(product) : null;
            var lines = new List<string>();
            foreach (var (_, record, label) in named[product])
            {
                var before = BundledReview.Rulebook.Judge(record);
                var after = without!.Judge(record);
                kept += after.Verdict == Verdict.Likely ? 1 : 0;
                possible += after.Verdict == Verdict.Possible ? 1 : 0;
                if (after.Verdict < before.Verdict)
                {
                    lines.Add($"    {record.Id}: {before.Verdict} -> {after.Verdict}{(OnlyByProducts(before) ? ", by the product alone" : "")}");
                }

                // What else says that these are CAR-T cells holds the verdict; and people's label agrees that nothing else does.
                if (after.Verdict == Verdict.Unlikely && (!OnlyByProducts(before) || label.Evidence == "text"))
                {
                    missed.Add($"{record.Id} without {product}");
                }
            }

            output.WriteLine($"{product}: {(named[product].Any() ? $"{named[product].Count()} likely records name it, {lines.Count} fall" : "no likely record names it")}");
            lines.ForEach(output.WriteLine);
        }

        var cases = named.Sum(product => product.Count());
        output.WriteLine($"{products.Count} products taken out in turn, {cases} likely records that name one: {kept} stay likely, {possible} possible, {cases - kept - possible} unlikely.");
        Assert.True(products.Count >= 40 && cases >= 20, $"{products.Count} products, {cases} records");
        Assert.True(cases - kept - possible <= cases / 15, $"{cases - kept - possible} of {cases} reach nobody");
        Assert.True(missed.Count == 0, $"missed though more than the product says CAR-T: {string.Join(", ", missed)}");
    }

    private static bool OnlyByProducts(Judgement judged) => judged.Findings.All(finding => finding.Rule != "car_t_named" || finding.Outcome != CarTIngest.Eligibility.Outcome.Supports);

    private static HashSet<string> Products() =>
        LexiconFile.Read(File, BundledReview.Files()[File]).Select(read => read.Term).Where(term => term.Concept == Concept.Product).Select(term => term.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The bundled rulebook but for the line of one product.</summary>
    private static Rulebook Without(string product)
    {
        var files = BundledReview.Files();
        var gone = LexiconFile.Read(File, files[File]).Where(read => read.Term.Concept == Concept.Product && read.Term.Name == product).Select(read => read.Line).ToHashSet();
        files[File] = string.Join('\n', files[File].Split('\n').Select((line, at) => gone.Contains(at + 1) ? "" : line));
        return RulebookFiles.Make(files);
    }
}
