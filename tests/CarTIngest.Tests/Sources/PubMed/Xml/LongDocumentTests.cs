using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

/// <summary>What is measured here is the whole process: nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LongDocumentGroup
{
    public const string Name = "long documents of PubMed";
}

[Collection(LongDocumentGroup.Name)]
public sealed class LongDocumentTests
{
    [Fact]
    public async Task Holds_little_of_a_long_document()
    {
        var document = new Repeated(Encoding.UTF8.GetBytes("<PubmedArticleSet>"), Encoding.UTF8.GetBytes(Fixture.Article(1) + "<!-- filler -->"), Encoding.UTF8.GetBytes("</PubmedArticleSet>"), 60_000);
        var drift = new DriftTally();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long count = 0, most = 0;
        await foreach (var reading in PubMedXml.ReadAsync(document, drift, CancellationToken.None))
        {
            Assert.IsType<ReadRecord>(reading);
            if (++count % 10_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        Assert.Equal(60_000, count);
        Assert.True(most - before < 16 * 1024 * 1024, $"{most - before} bytes were held");
    }

    /// <summary>A head, one piece many times, a foot; none of it held.</summary>
    private sealed class Repeated(byte[] head, byte[] piece, byte[] foot, int times) : MemoryStream([])
    {
        private byte[] current = head;
        private int position;
        private int given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (position == current.Length && given <= times)
            {
                (current, position) = (given < times ? piece : foot, 0);
                given++;
            }

            var count = Math.Min(buffer.Length, current.Length - position);
            current.AsSpan(position, count).CopyTo(buffer.Span);
            position += count;
            return ValueTask.FromResult(count);
        }
    }
}
