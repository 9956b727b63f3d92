using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Sources.Files;

/// <summary>Reading a record again from its own bytes.</summary>
public sealed class StoredRecordTests : IDisposable
{
    private readonly InventedFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Reads_a_records_own_bytes_as_its_document_was_read()
    {
        foreach (var document in new[] { InventedFiles.Xml, InventedFiles.Json })
        {
            var read = 0;
            await foreach (var reading in SourcesSetup.Files().ReadAsync(files.Write("document", document), new DriftTally(), CancellationToken.None))
            {
                var before = Assert.IsType<ReadRecord>(reading);
                var again = Assert.IsType<ReadRecord>(await AgainAsync(before.Record.Id.Source, before.Bytes.ToArray()));
                Assert.Equal((before.Hash, RecordJson.Write(before.Record), 0L, before.Bytes.Length), (again.Hash, RecordJson.Write(again.Record), again.Offset, again.Bytes.Length));
                read++;
            }

            Assert.Equal(2, read);
        }
    }

    [Fact]
    public async Task Says_what_is_not_one_record_and_nothing_of_a_reader_that_is_not_at_hand()
    {
        var study = InventedFiles.Study("NCT99000001");
        Assert.IsType<UnreadableRecord>(await AgainAsync("clinicaltrials", Encoding.UTF8.GetBytes(study[..10])));
        Assert.IsType<UnreadableRecord>(await AgainAsync("clinicaltrials", Encoding.UTF8.GetBytes($"{study}{study}")));
        Assert.IsType<UnreadableRecord>(await AgainAsync("pubmed", Encoding.UTF8.GetBytes(study)));
        Assert.IsType<UnreadableRecord>(await AgainAsync("pubmed", []));
        Assert.Null(await SourcesSetup.Files().ReadStoredAsync("pubmed", "lines/1", Encoding.UTF8.GetBytes(study), CancellationToken.None));
        Assert.Null(await SourcesSetup.Files().ReadStoredAsync("elsewhere", "", default, CancellationToken.None));
    }

    private static Task<Reading?> AgainAsync(string source, byte[] bytes)
    {
        var records = SourcesSetup.Files();
        return records.ReadStoredAsync(source, records.ReaderVersionOf(source), bytes, CancellationToken.None);
    }
}
