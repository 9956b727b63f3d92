using System.Globalization;
using System.Text.Json;
using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Tests.Eligibility;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Facts;

/// <summary>Facts of real registrations against the registry's own JSON, which is read here without the readers under test.</summary>
public sealed class RegisteredFactsTests(ITestOutputHelper output)
{
    [Fact]
    public void What_a_registration_does_not_say_is_no_fact() =>
        Assert.Empty(FactText.FactsOf(new Trial { NctId = "NCT97000001", BriefTitle = "A registry of births", Status = "", Enrollment = new Enrollment(null, null) }));

    [Fact]
    public void A_planned_number_is_told_as_planned() =>
        Assert.Equal(
            ["Enrollment 0", "EnrollmentType ESTIMATED"],
            FactText.FactsOf(new Trial { NctId = "NCT97000001", Enrollment = new Enrollment(0, "ESTIMATED") }).Select(fact => $"{fact.Kind} {fact.Text}"));

    [SkippableFact]
    public async Task The_facts_of_the_nights_are_the_registrys_fields()
    {
        using var nights = new RegistryNights(Shared.Data("ctgov/nights"));
        var studies = File.ReadLines(nights.File).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToDictionary(study => study.GetProperty("protocolSection").GetProperty("identificationModule").GetProperty("nctId").GetString()!);
        var told = new Dictionary<FactKind, int>();
        var count = 0;
        await foreach (var reading in SourcesSetup.Files().ReadAsync(nights.File, new DriftTally(), CancellationToken.None))
        {
            var trial = Assert.IsType<Trial>(Assert.IsType<ReadRecord>(reading).Record);
            var study = studies[trial.NctId].GetProperty("protocolSection");
            var facts = FactText.FactsOf(trial).ToDictionary(fact => fact.Kind, fact => fact.Text);
            count++;
            foreach (var kind in facts.Keys)
            {
                told[kind] = told.GetValueOrDefault(kind) + 1;
            }

            Assert.Equal(string.Join("; ", Texts(At(study, "designModule", "phases"))), facts.GetValueOrDefault(FactKind.Phase, ""));
            Assert.Equal(At(study, "statusModule", "overallStatus")?.GetString() ?? "", facts.GetValueOrDefault(FactKind.Status, ""));
            Assert.Equal(At(study, "designModule", "enrollmentInfo", "count")?.GetInt64().ToString(CultureInfo.InvariantCulture) ?? "", facts.GetValueOrDefault(FactKind.Enrollment, ""));
            Assert.Equal(At(study, "designModule", "enrollmentInfo", "type")?.GetString() ?? "", facts.GetValueOrDefault(FactKind.EnrollmentType, ""));
            Assert.Equal(At(study, "sponsorCollaboratorsModule", "leadSponsor", "name")?.GetString() ?? "", facts.GetValueOrDefault(FactKind.Sponsor, ""));
            var places = At(study, "contactsLocationsModule", "locations");
            Assert.Equal(string.Join("; ", places is null ? [] : places.Value.EnumerateArray().Select(place => At(place, "country")?.GetString()).OfType<string>().Distinct()), facts.GetValueOrDefault(FactKind.Country, ""));
        }

        Assert.Equal(studies.Count, count);
        foreach (var (kind, times) in told.OrderBy(one => one.Key))
        {
            output.WriteLine($"{kind}: {times} of {count}");
        }
    }

    private static JsonElement? At(JsonElement from, params IReadOnlyList<string> path)
    {
        foreach (var step in path)
        {
            if (!from.TryGetProperty(step, out from))
            {
                return null;
            }
        }

        return from;
    }

    private static IEnumerable<string> Texts(JsonElement? list) => list?.EnumerateArray().Select(one => one.GetString()!) ?? [];
}
