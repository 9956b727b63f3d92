using System.IO.Compression;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Hostile;

/// <summary>Every fixture cut at every byte, plain and gzipped: what comes out is whole, and what does not is told.</summary>
public sealed class CutTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-cut-");

    public static TheoryData<string> Documents => [.. CutDocument.All.Select(document => document.Name)];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task No_cut_gives_a_partial_record_in_silence(string name)
    {
        var document = CutDocument.All.Single(one => one.Name == name);
        await EveryCutAsync(document.Bytes, document.MayEndAt);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task No_cut_of_a_gzip_gives_a_partial_record_in_silence(string name)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            await gzip.WriteAsync(CutDocument.All.Single(one => one.Name == name).Bytes);
        }

        await EveryCutAsync(packed.ToArray(), (_, _) => false);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task EveryCutAsync(byte[] document, Func<byte[], int, bool> mayEndAt)
    {
        var (whole, faults) = await ReadAsync(document);
        Assert.Empty(faults);
        Assert.NotEmpty(whole);
        for (var length = 0; length < document.Length; length++)
        {
            var (read, told) = await ReadAsync(document[..length]);
            Assert.True(read.Count <= whole.Count && read.SequenceEqual(whole.Take(read.Count)), $"cut at {length} of {document.Length}: a record came out that is not the whole one");
            Assert.True(read.Count == whole.Count || told.Count > 0 || (length > 0 && mayEndAt(document, length)), $"cut at {length} of {document.Length}: {whole.Count - read.Count} records are missing and nothing is said");
            Assert.DoesNotContain(told, reason => reason.Any(char.IsControl));
        }
    }

    private async Task<(List<string> Records, List<string> Faults)> ReadAsync(byte[] document)
    {
        var path = Path.Combine(folder.FullName, "cut");
        await File.WriteAllBytesAsync(path, document);
        var (records, faults) = (new List<string>(), new List<string>());
        await foreach (var reading in SourcesSetup.Files().ReadAsync(path, new DriftTally(), CancellationToken.None))
        {
            switch (reading)
            {
                case ReadRecord read:
                    records.Add($"{read.Hash} {RecordJson.Write(read.Record)}");
                    break;
                case UnreadableRecord unreadable:
                    faults.Add(unreadable.Reason);
                    break;
            }
        }

        return (records, faults);
    }
}
