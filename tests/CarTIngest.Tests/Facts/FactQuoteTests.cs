using System.Globalization;
using System.Text;
using System.Text.Json;
using CarTIngest.Records;
using CarTIngest.Tests.Eligibility;
using CsCheck;

namespace CarTIngest.Tests.Facts;

/// <summary>Every fact has words, and they are a slice of what is stored, in the field that they name.</summary>
public sealed class FactQuoteTests
{
    private static readonly string[] Pieces =
    [
        "autologous ", "allogeneic ", "donor\u2011derived ", "universal ", "CAR\u00A0T cells ", "γδ ", "CD33 ", "24 ", "twenty\u00ADfour ", "patients ", "were enrolled", "infused ", "we ", "this phase ", "I/II ", "1b ", "trial ", "conducted in ", "the U.S. ", "China",
        "HX-21, a ", "CART-33 ", "\u200B", "𝐂𝐀𝐑", "\uD800", ". ", "\n", " (", ") ", "derived from a ", "healthy donor ", "own ",
    ];

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[0, 40].Select(pieces => string.Concat(pieces));

    [Fact]
    public void In_invented_texts() =>
        Gen.Select(Text, Text, Text).Sample(texts => AssertSlices(new Publication { Pmid = 7, Title = texts.Item1, Abstract = [new AbstractSection("METHODS", texts.Item2), new AbstractSection(null, texts.Item3)], PublicationTypes = ["Clinical Trial, Phase I"] }), iter: 300);

    [Fact]
    public async Task In_whole_records()
    {
        var sets = new[] { await LabelledSet.InventedStudiesAsync(), await LabelledSet.InventedPublicationsAsync() };
        var records = sets.SelectMany(set => set.Records).ToList();

        Assert.True(records.Sum(AssertSlices) > records.Count);
    }

    private static int AssertSlices(SourceRecord record)
    {
        using var line = JsonDocument.Parse(RecordJson.Write(record));
        var facts = FactText.FactsOf(record);
        Assert.Equal(facts.Select(fact => fact.Kind).Distinct().Order(), facts.Select(fact => fact.Kind));
        foreach (var fact in facts)
        {
            Assert.NotEmpty(fact.Values);
            Assert.NotEmpty(fact.Quotes);
            Assert.All(fact.Quotes, quote =>
            {
                Assert.Equal(quote.Length, quote.Text.Length);
                // A lone surrogate cannot stand in JSON; the record's line holds its replacement.
                Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(quote.Text)), ValueAt(line.RootElement, quote.Field).Substring(quote.Offset, quote.Length));
            });
        }

        return facts.Count;
    }

    private static string ValueAt(JsonElement line, string path)
    {
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            line = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? line[at] : line.GetProperty(step);
        }

        return line.ValueKind == JsonValueKind.Number ? line.GetRawText() : line.GetString()!;
    }
}
