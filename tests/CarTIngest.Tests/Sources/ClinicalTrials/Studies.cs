using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources.ClinicalTrials;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

/// <summary>Invented studies in the registry's shape, and short ways to read them.</summary>
internal static class Studies
{
    public static string Study(string nctId, string title = "A Study of Invented Cells", string more = "") =>
        $$$"""{"protocolSection":{"identificationModule":{"nctId":"{{{nctId}}}","briefTitle":"{{{title}}}"},"statusModule":{"overallStatus":"RECRUITING","lastUpdatePostDateStruct":{"date":"2026-05-01"}}{{{more}}}},"hasResults":false}""";

    public static Task<List<Reading>> ReadAsync(string document, DriftTally? drift = null) => ReadAsync(Encoding.UTF8.GetBytes(document), drift);

    /// <summary>Reads to the end; the bytes of each reading are copied, since they are valid only until the next.</summary>
    public static async Task<List<Reading>> ReadAsync(byte[] document, DriftTally? drift = null)
    {
        var readings = new List<Reading>();
        using var stream = new MemoryStream(document);
        await foreach (var reading in StudyJson.ReadAsync(stream, drift ?? new DriftTally(), CancellationToken.None))
        {
            readings.Add(reading with { Bytes = reading.Bytes.ToArray() });
        }

        return readings;
    }

    public static async Task<Trial> ReadOneAsync(string document, DriftTally? drift = null) =>
        (Trial)Assert.IsType<ReadRecord>(Assert.Single(await ReadAsync(document, drift))).Record;

    public static string[] Ids(IEnumerable<Reading> readings) => [.. readings.OfType<ReadRecord>().Select(read => read.Record.Id.Local)];
}
