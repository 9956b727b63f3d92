using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>One text of a record and the path under which <c>parse</c> writes it.</summary>
internal readonly record struct RecordField(string Path, string Text);

/// <summary>The texts of a record in which it speaks of itself, in the order of its line.</summary>
internal static class RecordFields
{
    public static IEnumerable<RecordField> Of(Publication publication)
    {
        yield return new("title", publication.Title);
        foreach (var (at, section) in publication.Abstract.Index())
        {
            yield return new($"abstract[{at}].text", section.Text);
        }

        foreach (var (at, other) in publication.OtherAbstracts.Index())
        {
            yield return new($"otherAbstracts[{at}].text", other.Text);
        }

        foreach (var (at, keyword) in publication.Keywords.Index())
        {
            yield return new($"keywords[{at}]", keyword);
        }
    }

    /// <summary>Titles, short name, what is treated and how: what a paper's title would repeat.</summary>
    public static IEnumerable<RecordField> Of(Trial trial)
    {
        RecordField[] titles = [new("briefTitle", trial.BriefTitle ?? ""), new("officialTitle", trial.OfficialTitle ?? ""), new("acronym", trial.Acronym ?? "")];
        return titles.Where(field => field.Text.Length > 0)
            .Concat(trial.Conditions.Select((condition, at) => new RecordField($"conditions[{at}]", condition)))
            .Concat(trial.Interventions.Index().Where(each => each.Item.Name is not null).Select(each => new RecordField($"interventions[{each.Index}].name", each.Item.Name!)));
    }
}
