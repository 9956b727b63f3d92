using System.Globalization;
using System.Text.Json;
using CarTIngest.Matching;
using CarTIngest.Records;

namespace CarTIngest.Tests.Matching;

/// <summary>Looks up the words of a clue in the record's own line.</summary>
internal static class StoredText
{
    /// <summary>The value at a path such as <c>abstract[1].text</c> of the line that <c>parse</c> writes.</summary>
    public static string At(SourceRecord record, string path)
    {
        using var line = JsonDocument.Parse(RecordJson.Write(record));
        var at = line.RootElement;
        foreach (var step in path.Split('.'))
        {
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            at = at.GetProperty(bracket < 0 ? step : step[..bracket]);
            if (bracket >= 0)
            {
                at = at[int.Parse(step[(bracket + 1)..^1], CultureInfo.InvariantCulture)];
            }
        }

        return at.GetString() ?? "";
    }

    public static void AssertSlices(IEnumerable<LinkClue> clues, IReadOnlyDictionary<RecordId, SourceRecord> records)
    {
        foreach (var clue in clues)
        {
            Assert.All(clue.Words, words => Assert.Equal(words.Text, At(records[clue.ReadIn], words.Field).Substring(words.Offset, words.Length)));
        }
    }
}
