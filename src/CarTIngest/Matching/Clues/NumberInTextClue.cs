using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>
/// A registry number that the authors wrote: title, abstract, keywords. In a sentence that speaks of another trial ("a larger trial (NCT…) is planned") it
/// only suggests. Blind spot: numbers that stand in the full text alone (a fifth of hand-made pairs).
/// </summary>
internal sealed partial class NumberInTextClue : ILinkClue
{
    public string Name => ClueNames.NumberInText;

    public IEnumerable<Mention> Read(SourceRecord record)
    {
        if (record is not Publication publication)
        {
            yield break;
        }

        foreach (var field in RecordFields.Of(publication))
        {
            foreach (var found in RegistryNumber.In(field.Text))
            {
                var ofAnother = AnotherTrial().IsMatch(Sentence(field.Text, found));
                yield return new(found.Number.Text, MentionRole.Names, new(
                    Name,
                    ofAnother ? ClueStrength.Suggestive : ClueStrength.Strong,
                    ofAnother ? $"The paper names {found.Number} in a sentence that seems to speak of another trial." : $"The paper gives {found.Number} as a trial number.",
                    publication.Id, [ReadWords.Slice(field.Path, field.Text, found.Offset, found.Length)], found.Number.Text, publication.Published));
            }
        }
    }

    private static string Sentence(string text, FoundNumber found)
    {
        var before = text.LastIndexOfAny(['.', ';', '\n'], Math.Max(0, found.Offset - 1));
        // "ClinicalTrials.gov" holds a full stop that ends nothing.
        while (before > 0 && before + 1 < text.Length && !char.IsWhiteSpace(text[before + 1]))
        {
            before = text.LastIndexOfAny(['.', ';', '\n'], before - 1);
        }

        var after = text.IndexOfAny(['.', ';', '\n'], found.Offset + found.Length);
        return text[(before + 1)..(after < 0 ? text.Length : after)];
    }

    // "Another trial …", "a larger study …", "… is planned", "a randomized trial … is ongoing"; never "this ongoing trial" or "long-term follow-up of the trial".
    private const string Another =
        @"\b(another|other|similar|subsequent|larger|future|further|confirmatory)\b[^.;]{0,40}\b(trials?|study|studies)\b" +
        @"|\b(trials?|study|studies)\b[^.;]{0,60}\b(is|are)\s+(now |currently |being )?(planned|under\s?way)\b" +
        @"|\ban?\s[^.;]{0,20}\b(phase (2|3|ii|iii)|randomi[sz]ed)\b[^.;]{0,60}\b(ongoing|under\s?way|planned|will)\b";

    [GeneratedRegex(Another, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnotherTrial();
}
