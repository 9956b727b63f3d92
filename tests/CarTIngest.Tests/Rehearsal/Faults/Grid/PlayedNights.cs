using System.Text.Json;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Server;
using CarTIngest.Reporting;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>What stands when some nights are over.</summary>
/// <param name="Report">Of the last of them.</param>
/// <param name="Held">Every record held, and its standing.</param>
internal sealed record PlayedNights(
    NightReport Report,
    IntegrityReport Verified,
    IReadOnlyDictionary<string, DateOnly?> Watermarks,
    IReadOnlyDictionary<RecordId, HeldStanding> Held,
    IReadOnlyList<AskedRequest> Asked,
    IReadOnlyList<RehearsedCall> Calls)
{
    public SourceNight Of(string source) => Report.Sources.Single(sums => sums.Source == source);

    /// <summary>All that a source's night tells but what it cost.</summary>
    public string Told(string source) => JsonSerializer.Serialize(Of(source) with { Requests = 0, Bytes = 0 });

    public IReadOnlyList<string> Given => [.. Calls.Select(call => call.Fault).OfType<string>()];
}

/// <summary>The third night, which was disturbed, and the fourth, which was not.</summary>
internal sealed record DisturbedNight(PlayedNights Disturbed, PlayedNights Healed);
