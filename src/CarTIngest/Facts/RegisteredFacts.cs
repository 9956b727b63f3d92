using System.Globalization;
using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Facts;

/// <summary>The fields of a registration as facts, each quoted whole, as the registry spells it.</summary>
internal static class RegisteredFacts
{
    public static IEnumerable<Fact?> Of(Trial trial) =>
    [
        Several(FactKind.Phase, "phases", trial.Phases),
        Single(FactKind.Status, "status", trial.Status),
        Single(FactKind.Enrollment, "enrollment.count", trial.Enrollment?.Count?.ToString(CultureInfo.InvariantCulture)),
        Single(FactKind.EnrollmentType, "enrollment.type", trial.Enrollment?.Type),
        Several(FactKind.Country, "countries", trial.Countries),
        Single(FactKind.Sponsor, "sponsor", trial.Sponsor),
    ];

    private static Fact? Single(FactKind kind, string field, string? value) => string.IsNullOrEmpty(value) ? null : Fact.Of(kind, value, Whole(field, value));

    private static Fact? Several(FactKind kind, string field, IReadOnlyList<string> values)
    {
        var given = values.Index().Where(value => value.Item.Length > 0).ToList();
        return given.Count == 0 ? null : new Fact(kind, [.. given.Select(value => value.Item)], [.. given.Select(value => Whole($"{field}[{value.Index}]", value.Item))]);
    }

    private static Quote Whole(string field, string value) => new(field, 0, value.Length, value);
}
