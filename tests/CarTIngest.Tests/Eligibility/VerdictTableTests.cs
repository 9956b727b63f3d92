using CarTIngest.Eligibility;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Eligibility;

/// <summary>
/// The bundled rulebook against labelled records: real registrations and publications, and two invented sets. Each table is printed. The invented sets were written blind to the
/// rules, which were mended by them afterwards; docs/eligibility.md has the figures of the first, blind look.
/// </summary>
public sealed class VerdictTableTests(ITestOutputHelper output)
{
    private const string Nights = "ctgov/nights";

    [Fact]
    public async Task Invented_whole_studies() => Tell(await LabelledSet.InventedStudiesAsync(), leastPrecision: 0.95, leastTargets: 0.94);

    [Fact]
    public async Task Invented_publications() => Tell(await LabelledSet.InventedPublicationsAsync(), leastPrecision: 0.94, leastTargets: 0.84);

    [Fact]
    public async Task Held_out_whole_studies() => Tell(await LabelledSet.HeldOutStudiesAsync(), leastPrecision: 0.95, leastTargets: 0.9);

    [Fact]
    public async Task Held_out_publications() => Tell(await LabelledSet.HeldOutPublicationsAsync(), leastPrecision: 0.95, leastTargets: 0.84);

    [SkippableFact]
    public async Task Real_registrations()
    {
        var folder = Shared.Data(Nights);
        using var nights = new RegistryNights(folder);
        Tell(await LabelledSet.ReadAsync("registrations of the nights", [nights.File], Shared.Data("eligibility/registry-labels.csv")), leastPrecision: 0.95, leastTargets: 0.95);
    }

    [SkippableFact]
    public async Task Real_publications_on_AML()
    {
        var file = Shared.Data("pubmed/aml/aml-publications.xml.gz");
        Tell(await LabelledSet.ReadAsync("publications on AML", [file], Shared.Data("eligibility/publication-labels.csv"), Verdict.Unlikely), leastPrecision: 0.95, leastTargets: 0.95);
    }

    [SkippableFact]
    public async Task Publications_where_CAR_cells_and_AML_cross()
    {
        var file = Shared.Data("eligibility/publication-stream.xml");
        Tell(await LabelledSet.ReadAsync("the crossing of CAR cells and AML", [file], Shared.Data("eligibility/publication-stream-labels.csv")), leastPrecision: 0.95, leastTargets: 0.95);
    }

    private VerdictTable Tell(LabelledSet set, double leastPrecision, double leastTargets)
    {
        var table = new VerdictTable(set);
        foreach (var line in table.Lines())
        {
            output.WriteLine(line);
        }

        Assert.True(table.Likely > 0);
        Assert.Equal(0, table.Lost);
        Assert.True(table.AsLikely >= 0.97 * table.Likely, $"{table.AsLikely} of {table.Likely} likely ones are judged so");
        Assert.True(table.AsLikely >= leastPrecision * table.SaidLikely, $"{table.AsLikely} of {table.SaidLikely} judged likely are");
        Assert.True(table.TargetsRight >= leastTargets * table.TargetsAsked, $"{table.TargetsRight} of {table.TargetsAsked} targets are right");
        return table;
    }
}
