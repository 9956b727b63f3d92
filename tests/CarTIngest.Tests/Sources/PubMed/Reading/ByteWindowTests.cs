using System.Text;

namespace CarTIngest.Tests.Sources.PubMed.Reading;

public sealed class ByteWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Reads_alike_however_the_stream_deals_its_bytes(int atMost)
    {
        var document = Encoding.UTF8.GetBytes(Fixture.Set(Fixture.Article(1, "<ArticleTitle>a<!-- b --><![CDATA[c]]></ArticleTitle>"), "<!-- x -->", Fixture.Article(2), "<Odd/>"));
        var whole = await Fixture.ReadAsync(document);
        var dealt = await Fixture.ReadAsync(new Trickle(document, atMost));
        Assert.Equal("1 2 !", Fixture.Sketch(dealt));
        Assert.Equal(whole.Select(reading => (reading.Offset, Fixture.Text(reading))), dealt.Select(reading => (reading.Offset, Fixture.Text(reading))));
    }

    [Fact]
    public async Task Holds_little_of_a_long_document()
    {
        var document = new Repeated(Encoding.UTF8.GetBytes("<PubmedArticleSet>"), Encoding.UTF8.GetBytes(Fixture.Article(1) + "<!-- filler -->"), Encoding.UTF8.GetBytes("</PubmedArticleSet>"), 150_000);
        var drift = new CarTIngest.Records.DriftTally();
        long count = 0, most = 0;
        await foreach (var reading in CarTIngest.Sources.PubMed.Reading.PubMedXml.ReadAsync(document, drift, CancellationToken.None))
        {
            Assert.IsType<CarTIngest.Records.ReadRecord>(reading);
            if (++count % 10_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        Assert.Equal(150_000, count);
        Assert.True(most < 100L * 1024 * 1024, $"{most} bytes were held");
    }

    /// <summary>Gives so many bytes a read and no more.</summary>
    private sealed class Trickle(byte[] bytes, int atMost) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atMost)], cancellationToken);
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
