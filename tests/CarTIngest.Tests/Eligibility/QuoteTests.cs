using System.Text.Json;
using System.Text.RegularExpressions;
using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;
using CarTIngest.Simulation;
using CsCheck;

namespace CarTIngest.Tests.Eligibility;

/// <summary>Every quote is a slice of what is stored, in the field that it names, whatever the text is made of.</summary>
public sealed partial class QuoteTests
{
    private static readonly string[] Pieces =
    [
        "CAR-T", "CAR\u00A0T", "CAR‑T cells", "γδ", "CD33", "ﬂudarabine", "acute myeloid leukæmia", "AML", "\u200B", "\u00AD", "\\*", "\\<", "é", "𝐂𝐀𝐑", "\uD800", "Ⅱ", "phase I/II", ". ", "\n", "\n* ", " (", ") ", "…", "CART133", "LeukemiaAML", "™", "－", "ＣＡＲ", "½", "relapsed",
    ];

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[0, 40].Select(pieces => string.Concat(pieces));

    [Fact]
    public void A_folded_text_knows_where_each_character_stood() =>
        Text.Sample(text =>
        {
            var words = Words.Of(FoldedText.Of(text));
            Assert.All(words, word => Assert.True(word.Start >= 0 && word.Start < word.End && word.End <= text.Length));
        });

    [Fact]
    public void Quotes_are_slices_of_invented_texts() =>
        Gen.Select(Text, Text, Text).Sample(texts => AssertSlices(new Trial { NctId = "NCT97000001", BriefTitle = texts.Item1, Conditions = [texts.Item2], Eligibility = texts.Item3, Summary = texts.Item2 + texts.Item3 }), iter: 300);

    [Fact]
    public async Task Quotes_are_slices_of_whole_records()
    {
        var sets = new[] { await LabelledSet.InventedStudiesAsync(), await LabelledSet.InventedPublicationsAsync(), await LabelledSet.HeldOutPublicationsAsync() };
        Assert.All(sets.SelectMany(set => set.Records), AssertSlices);
    }

    private static void AssertSlices(SourceRecord record)
    {
        using var line = JsonDocument.Parse(RecordJson.Write(record));
        foreach (var quote in BundledReview.Rulebook.Judge(record).Findings.SelectMany(finding => finding.Quotes))
        {
            var stored = ValueAt(line.RootElement, quote.Field);
            Assert.Equal(quote.Length, quote.Text.Length);
            // A lone surrogate cannot stand in JSON; the record's line holds its replacement.
            Assert.Equal(Whole(quote.Text), stored.Substring(quote.Offset, quote.Length));
        }
    }

    private static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string ValueAt(JsonElement line, string path)
    {
        foreach (Match step in Steps().Matches(path))
        {
            line = step.Groups["at"].Success ? line[int.Parse(step.Groups["at"].Value, System.Globalization.CultureInfo.InvariantCulture)] : line.GetProperty(step.Groups["name"].Value);
        }

        return line.GetString()!;
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]+)|\[(?<at>\d+)\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Steps();
}
