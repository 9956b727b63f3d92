using System.Globalization;
using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <summary>
/// How many patients a publication says were enrolled, and how many were given the cells; the two are not the same. Only whole sentences count ("24 patients were enrolled",
/// "we enrolled 24 patients", "of 24 patients enrolled"). A part of the trial, a first few, at least so many, and what will be are no facts; two different numbers are silence.
/// </summary>
internal static class PublishedPatients
{
    private const int MostDescribed = 6;
    private const int MostWhoHad = 14;
    private const int MostToTheCells = 8;

    private static readonly HashSet<string> Enrolling = new(StringComparer.Ordinal) { "enrolled", "recruited", "accrued" };
    private static readonly HashSet<string> Giving = new(StringComparer.Ordinal) { "infused", "dosed", "treated" };
    private static readonly HashSet<string> People = new(StringComparer.Ordinal) { "patient", "participant", "subject", "individual", "people", "person", "child", "children", "adult", "adolescent" };
    private static readonly HashSet<string> Adverbs = new(StringComparer.Ordinal) { "prospectively", "consecutively", "successfully", "subsequently", "initially", "eventually", "finally", "also", "then", "been", "screened", "and" };
    private static readonly HashSet<string> NotDescribing = new(StringComparer.Ordinal) { "of", "and", "or", "the", "by", "in", "to", "from", "with", "for", "than", "were", "was", "had", "have", "who", "all", "these", "those", "our", "no" };
    private static readonly HashSet<string> Opening = new(StringComparer.Ordinal) { "with", "who", "aged", "having", "from" };

    /// <summary>Right before a number: it is not the whole.</summary>
    private static readonly HashSet<string> Inexact = new(StringComparer.Ordinal) { "least", "approximately", "about", "to", "than", "over", "additional", "another", "further", "nearly", "first", "last", "next", "remaining", "other", "only", "initial", "around", "almost", "between", "day", "month", "year", "week" };

    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal) { "cohort", "level", "arm", "group", "part", "expansion", "escalation", "portion", "stratum", "dl" };

    /// <summary>Of several trials, or of what is hoped for.</summary>
    private static readonly HashSet<string> NotThis = new(StringComparer.Ordinal) { "will", "planned", "plan", "previous", "previously", "registry", "mice" };

    private static readonly HashSet<string> Again = new(StringComparer.Ordinal) { "second", "another", "repeat", "repeated", "additional", "third", "prior", "previous", "previously", "subsequent", "before" };

    private static readonly HashSet<string> Total = new(StringComparer.Ordinal) { "total", "overall", "altogether" };

    public static Fact? Enrolled(Evidence evidence) => Agreed(FactKind.Enrollment, evidence, (passage, at) => Enrolling.Contains(passage.Words[at].Key));

    public static Fact? Treated(Evidence evidence) => Agreed(FactKind.Treated, evidence, (passage, at) => IsGiving(evidence, passage, at));

    private static Fact? Agreed(FactKind kind, Evidence evidence, Func<Passage, int, bool> isVerb)
    {
        var found = evidence.Record.Passages.Where(passage => passage.Role == FieldRole.Body)
            .SelectMany(passage => Enumerable.Range(0, passage.Words.Count).Where(at => isVerb(passage, at)).Select(at => At(passage, at)).OfType<Told>()).ToList();
        var total = found.Where(told => told.IsTotal).ToList();
        var told = total.Count > 0 ? total : found;
        return told.Select(one => one.Number).Distinct().Count() == 1 ? Fact.Of(kind, told[0].Number.ToString(CultureInfo.InvariantCulture), told[0].Quote) : null;
    }

    /// <summary>Infused and dosed speak of cells; who was treated, or received something, was treated with them only where they are named next.</summary>
    private static bool IsGiving(Evidence evidence, Passage passage, int at)
    {
        var last = passage.SentenceOf(at).Last;
        var near = Math.Min(at + MostToTheCells, last);
        return passage.Words[at].Key is var key && (Giving.Contains(key) || key == "received")
            && (key is "infused" or "dosed" || evidence.CarTGiven.Any(cells => cells.Passage == passage && cells.First > at && cells.First <= near))
            && !passage.Holds(at + 1, near, Again);
    }

    private static Told? At(Passage passage, int verb)
    {
        var (first, last) = passage.SentenceOf(verb);
        if (passage.Holds(first, last, NotThis) || Enumerable.Range(first, last - first + 1).Any(at => IsPart(passage, at) || (passage.Words[at].Key is "trial" or "study" && IsSeveral(passage, at))))
        {
            return null;
        }

        return (After(passage, verb, last) ?? Before(passage, verb, first)) is { } counted && IsWhole(passage, counted.Count.First, first)
            ? new Told(counted.Count.Number, passage.Quote(counted.From, counted.To), passage.Holds(first, counted.Count.First, Total))
            : null;
    }

    /// <summary>"a cohort study" is a whole; "cohort 1" is none.</summary>
    private static bool IsPart(Passage passage, int at) => Parts.Contains(passage.Words[at].Key) && !(at + 1 < passage.Words.Count && passage.Words[at + 1].Key is "study" or "trial");

    private static bool IsSeveral(Passage passage, int at) => passage.Stored[passage.Words[at].End - 1] is 's' or 'S';

    private static bool IsWhole(Passage passage, int count, int first) =>
        !(count > first && Inexact.Contains(passage.Words[count - 1].Key)) && !(count > first && passage.Words[count - 1].Key == "of" && count - 1 > first && CountRead.IsNumber(passage.Words[count - 2]));

    /// <summary>"enrolled 24 adult patients".</summary>
    private static Counted? After(Passage passage, int verb, int last)
    {
        if (verb == last || passage.Words[verb + 1].Before > Gap.Light)
        {
            return null;
        }

        for (var noun = verb + 2; noun <= Math.Min(verb + 2 + MostDescribed, last) && passage.Words[noun].Before <= Gap.Comma; noun++)
        {
            if (People.Contains(passage.Words[noun].Key))
            {
                return CountBefore(passage, noun, verb + 1) is { } count && count.First == verb + 1 ? new Counted(count, verb, noun) : null;
            }
        }

        return null;
    }

    /// <summary>"24 patients with AML were enrolled", "of 24 patients enrolled", "of the 24 enrolled patients", "24 were enrolled", "24 patients received".</summary>
    private static Counted? Before(Passage passage, int verb, int first)
    {
        var words = passage.Words;
        var at = verb - 1;
        while (at >= first && Adverbs.Contains(words[at].Key) && words[at + 1].Before <= Gap.Comma)
        {
            at--;
        }

        var passive = at >= first && words[at].Key is "were" or "was" or "have" or "had" or "has";
        if (passive)
        {
            var subject = at - 1;
            return subject < first || words[at].Before > Gap.Light ? null
                : CountRead.EndingAt(passage, subject) is { } bare ? new Counted(bare, bare.First, verb)
                : NounBefore(passage, subject, first) is { } noun && CountBefore(passage, noun, first) is { } count ? new Counted(count, count.First, verb)
                : null;
        }

        if (words[verb].Key == "received")
        {
            return NounBefore(passage, verb - 1, first) is { } who && CountBefore(passage, who, first) is { } several ? new Counted(several, several.First, verb) : null;
        }

        var named = verb - 1 >= first && People.Contains(words[verb - 1].Key) && words[verb].Before <= Gap.Light ? CountBefore(passage, verb - 1, first) : null;
        return named is not null && IsAmong(passage, named.First, first) ? new Counted(named, named.First, verb)
            : CountRead.EndingAt(passage, verb - 1) is { } adjective && verb + 1 < words.Count && People.Contains(words[verb + 1].Key) && IsAmong(passage, adjective.First, first) ? new Counted(adjective, adjective.First, verb + 1)
            : null;
    }

    /// <summary>"Of", "among" or "all" before a number: it is the whole of which something is told.</summary>
    private static bool IsAmong(Passage passage, int count, int first) =>
        (count > first && passage.Words[count - 1].Key is "of" or "among" or "all") || (count - 1 > first && passage.Words[count - 1].Key == "the" && passage.Words[count - 2].Key is "of" or "among" or "all");

    /// <summary>The people of whom something is said: right before, or before what describes them ("patients with refractory AML were").</summary>
    private static int? NounBefore(Passage passage, int at, int first)
    {
        for (var noun = at; noun >= Math.Max(first, at - MostWhoHad); noun--)
        {
            var word = passage.Words[noun];
            if (People.Contains(word.Key))
            {
                return noun == at || Opening.Contains(passage.Words[noun + 1].Key) ? noun : null;
            }

            if (word.Before > Gap.Light || (CountRead.IsNumber(word) && (noun == 0 || word.Start != passage.Words[noun - 1].End)))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The number of the people named there, with nothing but what describes them between.</summary>
    private static CountRead? CountBefore(Passage passage, int noun, int first)
    {
        for (var at = noun - 1; at >= Math.Max(first, noun - 1 - MostDescribed) && passage.Words[at + 1].Before <= Gap.Comma; at--)
        {
            if (CountRead.EndingAt(passage, at) is { } count)
            {
                return count;
            }

            if (NotDescribing.Contains(passage.Words[at].Key))
            {
                return null;
            }
        }

        return null;
    }

    /// <param name="From">The place of the expression's first word.</param>
    private sealed record Counted(CountRead Count, int From, int To);

    private sealed record Told(int Number, Quote Quote, bool IsTotal);
}
