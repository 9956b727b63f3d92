using System.Text;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

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

    /// <summary>Gives so many bytes a read and no more.</summary>
    private sealed class Trickle(byte[] bytes, int atMost) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atMost)], cancellationToken);
    }
}
