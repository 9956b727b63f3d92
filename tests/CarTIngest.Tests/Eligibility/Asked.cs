using CarTIngest.Records;

namespace CarTIngest.Tests.Eligibility;

/// <summary>How much of a long proof is asked for: a slice with every run of the tests, all of it with <c>CARTINGEST_ELIGIBILITY=whole</c>.</summary>
internal static class Asked
{
    public static bool Whole { get; } = Environment.GetEnvironmentVariable("CARTINGEST_ELIGIBILITY") == "whole";

    private static readonly Lazy<Task<IReadOnlyList<LabelledSet>>> Sets = new(ReadAsync);

    /// <summary>All invented sets and all real ones, read once.</summary>
    public static Task<IReadOnlyList<LabelledSet>> SetsAsync() => Sets.Value;

    private static async Task<IReadOnlyList<LabelledSet>> ReadAsync()
    {
        List<LabelledSet> sets =
        [
            await LabelledSet.InventedStudiesAsync(), await LabelledSet.InventedPublicationsAsync(), await LabelledSet.HeldOutStudiesAsync(), await LabelledSet.HeldOutPublicationsAsync(),
        ];
        using var nights = new RegistryNights(Shared.Data("ctgov/nights"));
        sets.Add(await LabelledSet.ReadAsync("registrations of the nights", [nights.File], Shared.Data("eligibility/registry-labels.csv")));
        sets.Add(await LabelledSet.ReadAsync("publications on AML", [Shared.Data("pubmed/aml/aml-publications.xml.gz")], Shared.Data("eligibility/publication-labels.csv")));
        sets.Add(await LabelledSet.ReadAsync("the crossing of CAR cells and AML", [Shared.Data("eligibility/publication-stream.xml")], Shared.Data("eligibility/publication-stream-labels.csv")));
        return sets;
    }

    /// <summary>Each record that people call likely, with its label.</summary>
    public static IEnumerable<(SourceRecord Record, Label Label)> Likely(this LabelledSet set) =>
        set.Records.Where(record => set.Labels.GetValueOrDefault(record.Id.Local)?.Verdict == CarTIngest.Eligibility.Verdict.Likely).Select(record => (record, set.Labels[record.Id.Local]));
}
