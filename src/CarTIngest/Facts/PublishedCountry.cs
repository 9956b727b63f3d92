using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <summary>
/// Where a publication says that its trial was done: "conducted at three centers in Germany". A country in passing, an approval, and an author's affiliation (which is not read at
/// all) say nothing of it.
/// </summary>
internal static class PublishedCountry
{
    private const int MostToTheCountry = 12;

    private static readonly HashSet<string> Doing = new(StringComparer.Ordinal) { "conducted", "performed", "undertaken", "carried", "done", "enrolled", "recruited", "treated", "center", "centre", "hospital", "site", "institution" };

    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal) { "approved", "approval", "licensed", "incidence", "prevalence", "registered", "available", "previous", "previously", "will", "planned", "other", "purchased", "manufactured", "from" };

    private static readonly HashSet<string> Joints = new(StringComparer.Ordinal) { "and", "the" };

    public static Fact? Of(Evidence evidence)
    {
        var found = evidence.Record.Passages.Where(passage => passage.Role == FieldRole.Body).SelectMany(In).DistinctBy(one => one.Country).OrderBy(one => one.Country, StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new Fact(FactKind.Country, [.. found.Select(one => one.Country)], [.. found.Select(one => one.Quote)]);
    }

    private static IEnumerable<(string Country, Quote Quote)> In(Passage passage)
    {
        for (var at = 0; at < passage.Words.Count; at++)
        {
            if (passage.Words[at].Key is not ("in" or "across") || !IsWhereItWasDone(passage, at))
            {
                continue;
            }

            var next = at + 1;
            while (next < passage.Words.Count && passage.Words[next].Before <= Gap.Comma)
            {
                if (CountryNames.At(passage, next) is { } country)
                {
                    yield return (country.Name, passage.Quote(next, country.Last));
                    next = country.Last + 1;
                }
                else if (Joints.Contains(passage.Words[next].Key))
                {
                    next++;
                }
                else
                {
                    break;
                }
            }
        }
    }

    private static bool IsWhereItWasDone(Passage passage, int at)
    {
        var (first, last) = passage.SentenceOf(at);
        return passage.Holds(Math.Max(first, at - MostToTheCountry), at, Doing) && !passage.Holds(first, last, Elsewhere);
    }
}
