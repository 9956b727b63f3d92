using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;
using CarTIngest.Simulation;

namespace CarTIngest.Tests.Eligibility;

/// <summary>Says a record again in other words of the lexicon for the same.</summary>
internal static class Synonyms
{
    private static readonly Lexicon Words = new(BundledReview.Files().Where(file => file.Key != RulebookFiles.BookFile).SelectMany(file => LexiconFile.Read(file.Key, file.Value)).Select(read => read.Term));

    /// <summary>Endings for words that the lexicon leaves open.</summary>
    private static readonly (string Start, string Whole)[] Endings = [("leuk", "leukemia"), ("malignan", "malignancies"), ("neoplas", "neoplasms")];

    /// <summary>Every other way to say what the record says under a heading: all words of the heading, or for an antigen its other names.</summary>
    public static IEnumerable<(string Said, SourceRecord Record)> Of(SourceRecord record, Concept concept)
    {
        var terms = Words.Terms.Where(term => term.Concept == concept).ToList();
        if (concept != Concept.Antigen)
        {
            return Written(terms).Select(written => (written, With(record, mention => mention.Concept == concept ? written : null))).Where(each => !Equals(each.Item2, record));
        }

        var named = Texts(record).SelectMany(Scan).Where(mention => mention.Concept == Concept.Antigen).Select(mention => mention.Term.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return named.SelectMany(name => Written(terms.Where(term => term.Name == name)).Select(written => ($"{written} for {name}", With(record, mention => mention.Concept == Concept.Antigen && mention.Term.Name == name ? written : null))));
    }

    private static IEnumerable<string> Written(IEnumerable<Term> terms) => terms.Select(term => Whole(term.Written)).Distinct(StringComparer.Ordinal);

    private static string Whole(string written)
    {
        var word = written.Trim('~', '*');
        return written.EndsWith('*') && Endings.FirstOrDefault(ending => word.EndsWith(ending.Start, StringComparison.Ordinal)) is { Start: { } start, Whole: { } whole } ? word[..^start.Length] + whole : word;
    }

    private static SourceRecord With(SourceRecord record, Func<Mention, string?> other)
    {
        return record switch
        {
            Trial trial => trial with
            {
                BriefTitle = Said(trial.BriefTitle),
                OfficialTitle = Said(trial.OfficialTitle),
                Conditions = All(trial.Conditions),
                Keywords = All(trial.Keywords),
                Interventions = [.. trial.Interventions.Select(one => one with { Name = Said(one.Name), OtherNames = All(one.OtherNames), Description = Said(one.Description) })],
                Summary = Said(trial.Summary),
                Description = Said(trial.Description),
                Eligibility = Said(trial.Eligibility),
            },
            Publication paper => paper with
            {
                Title = Said(paper.Title) ?? "",
                Abstract = [.. paper.Abstract.Select(section => section with { Text = Said(section.Text) ?? "" })],
                Keywords = All(paper.Keywords),
            },
            _ => record,
        };

        IReadOnlyList<string> All(IReadOnlyList<string> texts) => [.. texts.Select(text => Said(text) ?? "")];

        string? Said(string? text) => text is null ? null : Scan(text).Where(mention => other(mention) is not null).OrderByDescending(mention => mention.Start)
            .Aggregate(text, (changed, mention) => mention.End > changed.Length ? changed : $"{changed[..mention.Start]}{other(mention)}{changed[mention.End..]}");
    }

    private static IReadOnlyList<Mention> Scan(string text) => Words.Scan(Passage.Of("", FieldRole.Title, text));

    private static IEnumerable<string> Texts(SourceRecord record) => record switch
    {
        Trial trial => new[] { trial.BriefTitle, trial.OfficialTitle, trial.Summary, trial.Description, trial.Eligibility }.OfType<string>().Concat(trial.Conditions).Concat(trial.Interventions.Select(one => one.Name).OfType<string>()),
        Publication paper => paper.Abstract.Select(section => section.Text).Prepend(paper.Title),
        _ => [],
    };
}
