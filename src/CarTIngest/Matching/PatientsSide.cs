using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>What of a record tells whose patients it counts: who, with what, when.</summary>
internal sealed record PatientsSide(RecordId Id, string? Sponsor, IReadOnlyList<string> Authors, IReadOnlySet<string> Names, int? From, int? To)
{
    /// <summary>Three years between two papers' appearance leave room for the same patients.</summary>
    private const int PaperMonths = 36;

    /// <summary>Two records can only agree if they share one of these.</summary>
    public IEnumerable<string> Keys =>
        Names.SelectMany(name => (Sponsor is null ? [] : new[] { $"sponsor {Sponsor} {name}" }).Concat(Authors.Take(3).Concat(Authors.TakeLast(3)).Distinct().Select(author => $"author {author} {name}")));

    /// <summary>Null where a record names no product or antigen, or nobody: nothing follows from it.</summary>
    public static PatientsSide? Of(SourceRecord record, IReadOnlySet<string> names) => names.Count == 0 ? null : record switch
    {
        Trial { StudyType: not "OBSERVATIONAL" } trial => new(trial.Id, Folded.Text(trial.Sponsor) is { Length: > 0 } sponsor ? sponsor : null, [], names, Months.Of(trial.Start), Months.Of(trial.PrimaryCompletion ?? trial.Completion)),
        Publication publication when ReportKinds.Of(publication) != ReportKind.Notice && ReportLimits.Of(publication, []) is null =>
            new(publication.Id, null, new PaperProfile(publication, names).Authors, names, Months.Of(publication.Published) - PaperMonths, Months.Of(publication.Published)),
        _ => null,
    };

    /// <summary>Everything in which the two agree, or nothing where it is not enough: the same names, overlapping dates, and the same sponsor or three authors.</summary>
    public static IReadOnlyList<ComparedPart> Agree(PatientsSide a, PatientsSide b)
    {
        var names = a.Names.Intersect(b.Names, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var authors = a.Authors.Intersect(b.Authors, StringComparer.Ordinal).ToList();
        // One sponsor runs many trials with one antigen; those of the same names throughout are of one programme.
        var sponsor = a.Sponsor is not null && a.Sponsor == b.Sponsor && a.Names.SetEquals(b.Names);
        var overlap = a.From <= b.To && b.From <= a.To;
        if (names.Count == 0 || !overlap || !(sponsor || authors.Count >= SamePatients.SharedAuthors))
        {
            return [];
        }

        var people = sponsor
            ? new ComparedPart("sponsor", a.Sponsor, b.Sponsor, 0)
            : new ComparedPart("authors", string.Join(", ", authors), string.Join(", ", authors), 0);
        return [new("product or antigen", string.Join(", ", names), string.Join(", ", names), 0), people, new("dates", Span(a), Span(b), 0)];
    }

    private static string Span(PatientsSide side) => $"{Months.Written(side.From)} to {Months.Written(side.To)}";
}
