using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CarTIngest.Screening;

/// <summary>
/// Tells an edit that changes no meaning: white space, case, punctuation, hyphens; the order of a list; one letter more, less or other within a word of at least five letters that
/// keeps its first (leukemia, leukaemia). Where a digit, a short word or a first letter changes, it is no spelling: CD7 is not CD70, atypical is not typical.
/// </summary>
public static class CosmeticEdit
{
    private const int LongWord = 5;

    public static bool Is(string? from, string? to)
    {
        if (from is null || to is null)
        {
            return Words(from ?? to ?? "").Count == 0;
        }

        var (before, after) = (ItemsOf(from), ItemsOf(to));
        return before.Count == after.Count && before.Zip(after).All(pair => SameWords(pair.First, pair.Second));
    }

    /// <summary>The words of a text, or of each member of a list in an order that does not depend on the list's.</summary>
    private static List<List<string>> ItemsOf(string value)
    {
        if (!value.StartsWith('['))
        {
            return [Words(value)];
        }

        try
        {
            using var list = JsonDocument.Parse(value);
            return [.. list.RootElement.EnumerateArray().Select(item => Words(TextOf(item))).OrderBy(words => string.Join(' ', words), StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            // A text may begin with a bracket.
            return [Words(value)];
        }
    }

    /// <summary>Without JSON's own signs and escapes.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(' ', value.EnumerateObject().Select(member => $"{member.Name} {TextOf(member.Value)}")),
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(TextOf)),
        _ => value.ToString(),
    };

    private static bool SameWords(List<string> before, List<string> after) => before.Count == after.Count && before.Zip(after).All(pair => SameWord(pair.First, pair.Second));

    private static bool SameWord(string one, string other) =>
        one == other || (one.Length >= LongWord && other.Length >= LongWord && one[0] == other[0] && one.All(char.IsLetter) && other.All(char.IsLetter) && OneLetterApart(one, other));

    /// <summary>Runs of letters and digits, small; and the signs that carry meaning, such as those of a comparison or of CD33+.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var sign in text)
        {
            if (char.IsLetterOrDigit(sign))
            {
                word.Append(char.ToLower(sign, CultureInfo.InvariantCulture));
                continue;
            }

            End();
            if (sign is '<' or '>' or '≤' or '≥' or '=' or '±' or '+' or '%')
            {
                words.Add(sign.ToString());
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static bool OneLetterApart(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (longer.Length - shorter.Length > 1)
        {
            return false;
        }

        var same = 0;
        while (same < shorter.Length && shorter[same] == longer[same])
        {
            same++;
        }

        return longer.AsSpan(same + 1).SequenceEqual(shorter.AsSpan(shorter.Length == longer.Length ? same + 1 : same));
    }
}
