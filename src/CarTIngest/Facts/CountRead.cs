using System.Globalization;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <param name="First">The place of its first word in the passage.</param>
internal sealed record CountRead(int Number, int First)
{
    private static readonly string[] Ones =
    [
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>A whole number of people whose last word stands there: 24, twenty-four. Null for shares, decimals, ranges, parts of names (CD33) and larger numbers in words.</summary>
    public static CountRead? EndingAt(Passage passage, int at)
    {
        if (at < 0)
        {
            return null;
        }

        var words = passage.Words;
        if (char.IsDigit(words[at].Cased[0]))
        {
            return IsAlone(passage, words[at]) && int.TryParse(words[at].Cased, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) && digits > 0 ? new CountRead(digits, at) : null;
        }

        var one = Array.IndexOf(Ones, words[at].Key);
        var ten = Array.IndexOf(Tens, words[at].Key);
        var number = one > 0 ? one : ten > 1 ? ten * 10 : 0;
        var first = at;
        if (one is > 0 and < 10 && at > 0 && words[at].Before <= Gap.Light && Array.IndexOf(Tens, words[at - 1].Key) is > 1 and var tens)
        {
            (number, first) = ((tens * 10) + one, at - 1);
        }

        return number == 0 || IsPartOfMore(passage, first) ? null : new CountRead(number, first);
    }

    /// <summary>Whether a word is, or is part of, some number.</summary>
    public static bool IsNumber(Token word) => char.IsDigit(word.Cased[0]) || Array.IndexOf(Ones, word.Key) > 0 || Array.IndexOf(Tens, word.Key) > 1 || word.Key is "hundred" or "thousand";

    private static bool IsPartOfMore(Passage passage, int first) => first > 0 && passage.Words[first].Before <= Gap.Light && passage.Words[first - 1].Key is "hundred" or "thousand" or "and" && (passage.Words[first - 1].Key != "and" || (first > 1 && passage.Words[first - 2].Key is "hundred" or "thousand"));

    /// <summary>Digits with nothing before or after them that makes them another number: 1,024; 2.4; 10-12; 80 %.</summary>
    private static bool IsAlone(Passage passage, Token word)
    {
        var stored = passage.Stored;
        return (word.Start == 0 || char.IsWhiteSpace(stored[word.Start - 1]) || stored[word.Start - 1] is '(' or '[') && (word.End == stored.Length || char.IsWhiteSpace(stored[word.End]));
    }
}
