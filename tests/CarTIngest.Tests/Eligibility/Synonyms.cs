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
    public static IEnumerable<(string Said, Func<SourceRecord> Record)> Of(SourceRecord record, Concept concept)
    {
        var terms = Words.Terms.Where(term => term.Concept == concept).ToList();
        var mentions = Texts(record).SelectMany(Scan).Where(mention => mention.Concept == concept).ToList();
        if (concept != Concept.Antigen)
        {
            return mentions.Count == 0 ? [] : Written(terms).Select(written => (written, (Func<SourceRecord>)(() => With(record, mention => mention.Concept == concept ? written : null))));
        }

        var named = mentions.Select(mention => mention.Term.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return named.SelectMany(name => Written(terms.Where(term => term.Name == name)).Select(written => ($"{written} for {name}", (Func<SourceRecord>)(() => With(record, mention => mention.Concept == Concept.Antigen && mention.Term.Name == name ? written : null)))));
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

        string? Said(string? text) => text is null ? null : Places(Scan(text).Where(mention => other(mention) is not null)).OrderByDescending(place => place.Start)
            .Aggregate(text, (changed, place) => $"{Before(changed[..place.Start])}{place.Other}{After(changed[place.End..])}");

        // "Universal CAR-T" and "CAR-T cells" share a word: one place.
        IEnumerable<(int Start, int End, string Other)> Places(IEnumerable<Mention> mentions)
        {
            (int Start, int End, string Other)? open = null;
            foreach (var mention in mentions.OrderBy(mention => mention.Start))
            {
                if (open is { } before && mention.Start < before.End)
                {
                    open = before with { End = Math.Max(before.End, mention.End) };
                    continue;
                }

                if (open is { } done)
                {
                    yield return done;
                }

                open = (mention.Start, mention.End, other(mention)!);
            }

            if (open is { } last)
            {
                yield return last;
            }
        }
    }

    /// <summary>What was glued to a name ("LeukemiaAML") need not be glued to another.</summary>
    private static string Before(string text) => text.Length > 0 && char.IsLetterOrDigit(text[^1]) ? text + " " : text;

    private static string After(string text) => text.Length > 0 && char.IsLetterOrDigit(text[0]) ? " " + text : text;

    private static IReadOnlyList<Mention> Scan(string text) => Words.Scan(Passage.Of("", FieldRole.Title, text));

    private static IEnumerable<string> Texts(SourceRecord record) => record switch
    {
        Trial trial => new[] { trial.BriefTitle, trial.OfficialTitle, trial.Summary, trial.Description, trial.Eligibility }.Concat(trial.Interventions.SelectMany(one => one.OtherNames.Append(one.Name).Append(one.Description)))
            .OfType<string>().Concat(trial.Conditions).Concat(trial.Keywords),
        Publication paper => paper.Abstract.Select(section => section.Text).Concat(paper.Keywords).Prepend(paper.Title),
        _ => [],
    };
}
