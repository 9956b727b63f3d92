using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Two records that may count the same patients. A warning to whoever adds up patients; it changes nothing.</summary>
/// <param name="Study">Where both are reports of one study, that study; else nothing.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Parts">What agrees, with both values.</param>
public sealed record SamePatientsWarning(RecordPair Pair, RecordId? Study, string Reason, IReadOnlyList<ComparedPart> Parts);

/// <summary>
/// Finds where a sum of patients may count some twice: two reports of one study, and reports or registrations of two studies by the same people, or the same
/// sponsor, with the same product or antigen at the same time. Blind spot: centres, which PubMed's records and the registry's as read here do not name.
/// </summary>
public static class SamePatients
{
    /// <summary>So many shared authors make one group of investigators.</summary>
    public const int SharedAuthors = 3;

    /// <param name="namesOf">Products and antigens that a record names.</param>
    public static IReadOnlyList<SamePatientsWarning> Find(
        IReadOnlyList<Study> studies, IEnumerable<SourceRecord> records, Func<SourceRecord, IReadOnlySet<string>> namesOf, CancellationToken cancellationToken)
    {
        var held = records.Where(record => record.Id != default).GroupBy(record => record.Id).ToDictionary(same => same.Key, same => same.First());
        var warnings = new SortedDictionary<RecordPair, SamePatientsWarning>();
        foreach (var study in studies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var warning in WithinOne(study, held))
            {
                warnings.TryAdd(warning.Pair, warning);
            }
        }

        var studiesOf = studies.SelectMany(study => study.Records.Select(record => (record, study.Id))).ToLookup(each => each.record, each => each.Id);
        foreach (var (pair, parts) in Alike(held.Values, namesOf, cancellationToken))
        {
            if (!studiesOf[pair.First].Intersect(studiesOf[pair.Second]).Any())
            {
                warnings.TryAdd(pair, new(pair, null, $"Two studies that agree in {string.Join(" and ", parts.Select(part => part.Part))}.", parts));
            }
        }

        return [.. warnings.Values];
    }

    private static IEnumerable<SamePatientsWarning> WithinOne(Study study, Dictionary<RecordId, SourceRecord> held)
    {
        var reports = study.Reports.Where(report => report.Kind != ReportKind.Notice).ToList();
        for (var i = 0; i < reports.Count; i++)
        {
            for (var j = i + 1; j < reports.Count; j++)
            {
                var (first, second) = ((Publication)held[reports[i].Id], (Publication)held[reports[j].Id]);
                // A study without a registration bears the id of one of its reports, which would say nothing of the two.
                var what = study.Id == first.Id || study.Id == second.Id ? "Both report patients of one study" : $"Both report patients of {study.Id}";
                yield return new(
                    RecordPair.Of(first.Id, second.Id), study.Id, $"{what}: {Words(reports[i].Kind)} and {Words(reports[j].Kind)}.",
                    [new("dates", first.Published?.Text, second.Published?.Text, 0), new("patients", Counts(first), Counts(second), 0)]);
            }
        }
    }

    private static IEnumerable<(RecordPair Pair, IReadOnlyList<ComparedPart> Parts)> Alike(
        IEnumerable<SourceRecord> records, Func<SourceRecord, IReadOnlySet<string>> namesOf, CancellationToken cancellationToken)
    {
        var sides = records.OrderBy(record => record.Id).Select(record => PatientsSide.Of(record, namesOf(record))).OfType<PatientsSide>().ToList();
        var blocks = sides.SelectMany(side => side.Keys.Select(key => (key, side))).GroupBy(each => each.key, each => each.side, StringComparer.Ordinal);
        var seen = new HashSet<RecordPair>();
        foreach (var block in blocks.Select(block => block.ToList()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < block.Count; i++)
            {
                for (var j = i + 1; j < block.Count; j++)
                {
                    var pair = RecordPair.Of(block[i].Id, block[j].Id);
                    if (seen.Add(pair) && PatientsSide.Agree(block[i], block[j]) is { Count: > 0 } parts)
                    {
                        yield return (pair, parts);
                    }
                }
            }
        }
    }

    private static string? Counts(Publication publication) =>
        new PaperProfile(publication, new HashSet<string>()).Counts is { Count: > 0 } counts ? string.Join(", ", counts.Order().Select(count => count.ToString(CultureInfo.InvariantCulture))) : null;

    private static string Words(ReportKind kind) => kind switch
    {
        ReportKind.Letter => "a letter",
        ReportKind.MeetingAbstract => "a meeting abstract",
        ReportKind.Preprint => "a preprint",
        ReportKind.Notice => "a notice",
        _ => "a paper",
    };
}
