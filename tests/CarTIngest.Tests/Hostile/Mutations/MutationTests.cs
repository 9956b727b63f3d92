using System.Diagnostics;
using System.Globalization;
using CarTIngest.Records;
using CsCheck;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Hostile.Mutations;

/// <summary>
/// Mutated documents: the same few hundred at every run, so that a change is judged by itself, or with <c>CARTINGEST_FUZZ_SECONDS</c> (see
/// <c>tests/fuzz.sh</c>) new ones for so long, or with <c>CARTINGEST_FUZZ_ROW</c> those of one row, in their order. A failure names its seed; <c>CsCheck_Seed</c> with that seed begins with the same document.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly int? AskedSeconds = int.TryParse(Environment.GetEnvironmentVariable("CARTINGEST_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
    private static readonly ulong? AskedRow = ulong.TryParse(Environment.GetEnvironmentVariable("CARTINGEST_FUZZ_ROW"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;
    private const uint SameDocuments = 250;
    private const ulong FirstRow = 20261122;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Formats => ["xml", "json"];

    [Theory]
    [MemberData(nameof(Formats))]
    public Task A_mutated_record_leaves_the_others_as_they_are(string format) => SampleAsync(format, async document =>
    {
        if (document.MayHideOthers)
        {
            return;
        }

        var untouched = await InTimeAsync(document, document.Untouched);
        var readings = await InTimeAsync(document, document.Bytes);
        var rest = readings.OfType<string>().GetEnumerator();
        foreach (var expected in untouched)
        {
            Assert.NotNull(expected);
            var found = false;
            while (!found && rest.MoveNext())
            {
                found = rest.Current == expected;
            }

            Assert.True(found, $"not read any more: {expected}");
        }

        var begun = untouched.Count + (document.Format.BeginsRecord(document.MutatedRecord) ? 1 : 0);
        Assert.True(readings.Count >= begun, $"{begun} records begin and {readings.Count} readings came");
    }, document => document.Shown(document.Bytes));

    [Theory]
    [MemberData(nameof(Formats))]
    public Task Anything_mutated_anywhere_is_read_or_refused_in_time(string format) =>
        SampleAsync(format, document => InTimeAsync(document, document.MutatedAnywhere), document => document.Shown(document.MutatedAnywhere));

    private async Task SampleAsync(string format, Func<HostileDocument, Task> holds, Func<HostileDocument, string> print)
    {
        var documents = HostileDocument.Of(format == "xml" ? HostileFormat.Xml : HostileFormat.Json);
        if (AskedSeconds is { } seconds && AskedRow is null)
        {
            await documents.SampleAsync(holds, output.WriteLine, time: seconds, threads: Environment.ProcessorCount, print: print);
            return;
        }

        var clock = Stopwatch.StartNew();
        var document = 0u;
        while (AskedSeconds is { } patience ? clock.Elapsed < TimeSpan.FromSeconds(patience) : document < SameDocuments)
        {
            await documents.SampleAsync(holds, _ => { }, seed: new PCG(++document, AskedRow ?? FirstRow).ToString(), iter: 1, threads: 1, print: print);
        }

        output.WriteLine($"{document} documents of row {AskedRow ?? FirstRow}");
    }

    /// <summary>Each reading in order: a record's line with its hash, or null for what was refused. No sample may take a second, three times over.</summary>
    private static async Task<IReadOnlyList<string?>> InTimeAsync(HostileDocument document, byte[] bytes)
    {
        for (var attempt = 1; ; attempt++)
        {
            var clock = Stopwatch.StartNew();
            var readings = await ReadAsync(document, bytes).WaitAsync(TimeSpan.FromSeconds(30));
            if (clock.Elapsed < Hang)
            {
                return readings;
            }

            Assert.True(attempt < 3, $"{bytes.Length} bytes took {clock.Elapsed}");
        }
    }

    private static async Task<IReadOnlyList<string?>> ReadAsync(HostileDocument document, byte[] bytes)
    {
        var readings = new List<string?>();
        // A long document in single bytes would measure the stream and not the reader.
        await foreach (var reading in document.Format.Read(new Trickle(bytes, Math.Max(document.ChunkBytes, bytes.Length / 4096)), new DriftTally(), CancellationToken.None))
        {
            if (reading is UnreadableRecord unreadable)
            {
                Assert.InRange(unreadable.Reason.Length, 10, 600);
                Assert.DoesNotContain(unreadable.Reason, char.IsControl);
            }

            readings.Add(reading is ReadRecord read ? $"{read.Hash} {RecordJson.Write(read.Record)}" : null);
        }

        return readings;
    }
}
