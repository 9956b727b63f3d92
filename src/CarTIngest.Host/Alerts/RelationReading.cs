using System.Text.RegularExpressions;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Reporting.Digests;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>Why records belong to their studies, and where patients may be counted twice: found anew among what is likely or possible, which is what people count.</summary>
internal static partial class RelationReading
{
    private const int LongestSentence = 220;
    private const int LongestQuote = 90;

    public static async Task<SeenRelations> OfAsync(StoreContext store, ScreeningState state, IReadOnlyCollection<RecordId> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0 || await RulebookShelf.LastAsync(store, cancellationToken) is not { } rulebook)
        {
            return SeenRelations.None;
        }

        var members = await StudyShelf.CurrentAsync(store, cancellationToken);
        var studiesOf = members.ToLookup(member => member.RecordId, member => member.Study, StringComparer.Ordinal);
        var theirs = asked.SelectMany(id => studiesOf[id.Text]).ToHashSet(StringComparer.Ordinal);
        var verdicts = await JudgementBook.VerdictsAsync(store, cancellationToken);
        var wanted = verdicts.Where(verdict => verdict.Value >= Verdict.Possible).Select(verdict => verdict.Key.Text)
            .Concat(members.Where(member => theirs.Contains(member.Study)).Select(member => member.RecordId)).Concat(asked.Select(id => id.Text)).Distinct(StringComparer.Ordinal);
        var records = (await StudyMembers.HeldAsync(store, [.. wanted], cancellationToken)).Values.OrderBy(record => record.Id).ToList();
        var names = new Dictionary<RecordId, IReadOnlySet<string>>();
        var links = TrialLinker.Link(records, NamesOf, _ => false, cancellationToken);
        var there = records.Select(record => record.Id).ToHashSet();
        var set = StudyBuilder.Build(records, links, Rulings.Of(state).Where(ruling => there.Contains(ruling.Pair.First) && there.Contains(ruling.Pair.Second)));
        var warnings = SamePatients.Find(set.Studies, records, NamesOf, cancellationToken).Where(warning => verdicts.GetValueOrDefault(warning.Pair.First) >= Verdict.Possible && verdicts.GetValueOrDefault(warning.Pair.Second) >= Verdict.Possible);
        var reports = set.Studies.SelectMany(study => study.Reports).ToList();
        return new SeenRelations(
            reports.GroupBy(report => report.Id).ToDictionary(same => same.Key, same => same.First().Kind),
            set.Studies.SelectMany(LinksSeen.LinksOf).DistinctBy(link => link.Pair).OrderByDescending(link => link.Strength).SelectMany(OfLink)
                .Concat(reports.SelectMany(report => report.Numbers.Select(number => (report.Id, Sentence(number))))).Distinct().ToLookup(each => each.Item1, each => each.Item2),
            warnings.SelectMany(warning => OfBoth(warning.Pair, other => $"with {StudyWords.IdOf(other)}. {Readable(warning.Reason)}")).ToLookup(each => each.Record, each => each.Says));

        IReadOnlySet<string> NamesOf(SourceRecord record) => names.TryGetValue(record.Id, out var known) ? known : names[record.Id] = rulebook.NamesIn(record);
    }

    /// <summary>The strongest clue speaks for the link.</summary>
    private static IEnumerable<(RecordId, string)> OfLink(Link link) => link.Clues.Count == 0 ? [] : OfBoth(link.Pair, other => $"to {StudyWords.IdOf(other)}: {Sentence(link.Clues[0])}").Select(each => (each.Record, each.Says));

    private static IEnumerable<(RecordId Record, string Says)> OfBoth(Matching.RecordPair pair, Func<RecordId, string> says) => [(pair.First, says(pair.Second)), (pair.Second, says(pair.First))];

    /// <summary>The words that were read, where the sentence does not hold them already.</summary>
    private static string Sentence(LinkClue clue) =>
        OneLine.Of(Readable(clue.Words.Count == 0 || clue.Words.Any(words => clue.Reason.Contains(words.Text, StringComparison.OrdinalIgnoreCase)) ? clue.Reason : $"{clue.Reason} “{OneLine.Of(clue.Words.MinBy(words => words.Text.Length)!.Text, LongestQuote)}”"), LongestSentence);

    [GeneratedRegex(@"\b(nct:(?=NCT\d{8}\b)|(?<pmid>pmid:)(?=\d))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Prefix();

    /// <summary>Ids as people write them.</summary>
    private static string Readable(string sentence) => Prefix().Replace(sentence, found => found.Groups["pmid"].Success ? "PMID " : "");
}
