using CarTIngest.Records;

namespace CarTIngest.Facts;

/// <summary>What one record says of its study.</summary>
public sealed record RecordFacts(RecordId Record, IReadOnlyList<Fact> Facts);

/// <summary>One answer to a question about a study, and the records that give it.</summary>
public sealed record ToldFact(string Text, IReadOnlyList<RecordId> By);

/// <summary>
/// What the records of one study say of one kind of fact. The first answer is the study's: a registration's before a publication's, of several the lowest id's. Answers that differ all
/// stay, for a person to weigh: 24 were planned, 21 were enrolled.
/// </summary>
/// <param name="Told">At least one.</param>
public sealed record StudyFact(FactKind Kind, IReadOnlyList<ToldFact> Told)
{
    /// <summary>Whether records tell it differently. A product has as many names as writers, so that is no difference.</summary>
    public bool Differs => Told.Count > 1 && Kind != FactKind.Product;

    /// <summary>The facts of a study by those of its records, whatever their order; one of a kind, in the order of the kinds.</summary>
    public static IReadOnlyList<StudyFact> Of(IEnumerable<RecordFacts> records) =>
    [
        .. records.OrderBy(record => record.Record.Source == "pubmed").ThenBy(record => record.Record)
            .SelectMany(record => record.Facts.Select(fact => (fact.Kind, fact.Text, record.Record)))
            .GroupBy(fact => fact.Kind).OrderBy(kind => kind.Key)
            .Select(kind => new StudyFact(kind.Key, [.. kind.GroupBy(fact => fact.Text, StringComparer.Ordinal).Select(told => new ToldFact(told.Key, [.. told.Select(fact => fact.Record)]))])),
    ];
}
