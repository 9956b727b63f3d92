using System.Text.RegularExpressions;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Corpus;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>A search term that cannot be read at all; the real backend fails on it too.</summary>
internal sealed class TermException(string message) : Exception(message);

/// <summary>What a term finds: the citations, highest PMID first, and the tags that PubMed does not know.</summary>
internal sealed record TermResult(IReadOnlyList<Pmid> Found, IReadOnlyList<string> FieldsNotFound);

/// <summary>
/// Reads a term for what the stand-in honours: UIDs, ranges of UIDs, trials' numbers, and ranges of CRDT, EDAT, MDAT and MHDA, joined by AND, OR and NOT from left to
/// right. Everything else is topical and finds all that is announced, so that it never narrows: null stands for it below.
/// </summary>
internal sealed partial class SearchTerm
{
    private const int DeepestNesting = 200;

    private readonly PublicationsInForce publications;
    private readonly Func<string, IReadOnlyList<Pmid>?> history;
    private readonly List<TermToken> tokens;
    private readonly List<string> fieldsNotFound = [];
    private int next;
    private int nesting;
    private bool isTopical;

    private SearchTerm(string term, PublicationsInForce publications, Func<string, IReadOnlyList<Pmid>?> history)
    {
        (this.publications, this.history) = (publications, history);
        tokens = TermTokens.Of(term);
    }

    /// <summary>Runs a term.</summary>
    /// <param name="term">As the caller sent it.</param>
    /// <param name="publications">What is in force.</param>
    /// <param name="history">What is kept under a query key, for <c>#1</c> in a term; null when nothing is.</param>
    /// <exception cref="TermException">Parentheses do not match, an operator has nothing to join, or a query key is not known.</exception>
    public static TermResult Find(string term, PublicationsInForce publications, Func<string, IReadOnlyList<Pmid>?> history)
    {
        if (OnlyUids().IsMatch(term))
        {
            return new TermResult(InForce(publications, [.. EntrezIds.In(term.Replace("OR", " ", StringComparison.Ordinal))]), []);
        }

        var reader = new SearchTerm(term, publications, history);
        var found = reader.ReadJoined();
        if (reader.Next.Kind != TermTokenKind.End)
        {
            throw new TermException("unbalanced parentheses");
        }

        var among = reader.isTopical ? publications.Announced : publications.NewestFirst;
        return new TermResult([.. among.Select(one => one.Pmid).Where(pmid => found is null || found.Contains(pmid))], reader.fieldsNotFound);
    }

    private TermToken Next => tokens[next];

    private static IReadOnlyList<Pmid> InForce(PublicationsInForce publications, HashSet<Pmid> ids) =>
        [.. publications.NewestFirst.Select(one => one.Pmid).Where(ids.Contains)];

    private HashSet<Pmid>? ReadJoined()
    {
        var left = ReadOperand();
        while (Next.Kind is not (TermTokenKind.Close or TermTokenKind.End))
        {
            // Two operands side by side are joined by AND.
            var how = Next.Kind is TermTokenKind.And or TermTokenKind.Or or TermTokenKind.Not ? tokens[next++].Kind : TermTokenKind.And;
            var right = ReadOperand();
            left = how switch
            {
                TermTokenKind.And => left is null ? right : right is null ? left : Intersected(left, right),
                TermTokenKind.Or => left is null || right is null ? null : United(left, right),
                // Taking away what is topical would leave nothing of a real strategy.
                _ => right is null ? left : Without(left, right),
            };
        }

        return left;
    }

    private HashSet<Pmid>? ReadOperand()
    {
        if (Next.Kind == TermTokenKind.Not)
        {
            next++;
            return ReadOperand() is { } excluded ? Without(null, excluded) : null;
        }

        if (Next.Kind != TermTokenKind.Open)
        {
            return ReadLeaf();
        }

        next++;
        if (++nesting > DeepestNesting)
        {
            throw new TermException("nested too deeply");
        }

        var inner = ReadJoined();
        if (Next.Kind != TermTokenKind.Close)
        {
            throw new TermException("unbalanced parentheses");
        }

        next++;
        nesting--;
        return inner;
    }

    private HashSet<Pmid>? ReadLeaf()
    {
        var from = ReadText(out var tag);
        var isRange = Next.Kind == TermTokenKind.Colon;
        var to = from;
        if (isRange)
        {
            next++;
            to = ReadText(out var second);
            tag = second ?? tag;
        }

        if (tag is null)
        {
            return from is ['#', _, ..] && from.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
                ? [.. history(from[1..]) ?? throw new TermException($"Unable to obtain query {from}")]
                : Topical();
        }

        var field = SearchFields.Of(tag);
        if (field == SearchField.Unknown)
        {
            // PubMed drops a tag that it does not know and searches everywhere.
            fieldsNotFound.Add(tag);
        }

        return field switch
        {
            SearchField.Number when NctId.TryParse(from, out var trial) && !isRange => Naming(trial),
            SearchField.Unknown or SearchField.Topical or SearchField.Number => Topical(),
            SearchField.Uid when !isRange => [.. EntrezIds.In(from)],
            SearchField.Uid => Pmid.TryParse(from, out var low) && Pmid.TryParse(to, out var high)
                ? Where(one => one.Pmid.CompareTo(low) >= 0 && one.Pmid.CompareTo(high) <= 0)
                : [],
            _ => EntrezDates.First(from) is { } first && EntrezDates.Last(to) is { } last
                ? Where(one => EntrezDates.Of(one.Dates, field) is { } date && date >= first && date <= last)
                : [],
        };
    }

    private HashSet<Pmid> Naming(NctId trial)
    {
        var number = System.Text.Encoding.ASCII.GetBytes(trial.Value);
        return Where(one => one.Xml.Span.IndexOf(number) >= 0);
    }

    private HashSet<Pmid>? Topical()
    {
        isTopical = true;
        return null;
    }

    private string ReadText(out string? tag)
    {
        var words = new List<string>();
        while (Next.Kind == TermTokenKind.Text)
        {
            words.Add(tokens[next++].Text);
        }

        tag = Next.Kind == TermTokenKind.Tag ? tokens[next++].Text : null;
        return words is [] && tag is null ? throw new TermException("an operator has nothing to join") : string.Join(' ', words).Trim();
    }

    private HashSet<Pmid> Where(Func<RecordedPublication, bool> holds) => [.. publications.NewestFirst.Where(holds).Select(one => one.Pmid)];

    private static HashSet<Pmid> Intersected(HashSet<Pmid> left, HashSet<Pmid> right)
    {
        left.IntersectWith(right);
        return left;
    }

    private static HashSet<Pmid> United(HashSet<Pmid> left, HashSet<Pmid> right)
    {
        left.UnionWith(right);
        return left;
    }

    private HashSet<Pmid> Without(HashSet<Pmid>? left, HashSet<Pmid> right)
    {
        left ??= Where(_ => true);
        left.ExceptWith(right);
        return left;
    }

    [GeneratedRegex(@"^\s*\d+(?:[\s,]+(?:OR\s+)?\d+)*\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OnlyUids();
}
