using System.Security.Cryptography;
using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class ContentHashTests
{
    /// <summary>FIPS 180-2, appendix B.1.</summary>
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Is_the_sha_256_in_lower_case()
    {
        Assert.Equal(OfAbc, ContentHash.Of("abc"u8).Hex);
        Assert.Equal(OfAbc, ContentHash.Of("abc"u8).ToString());
        Assert.Equal("", default(ContentHash).Hex);
    }

    [Fact]
    public void Is_the_same_of_pieces_and_begins_anew_after_them()
    {
        using var running = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        running.AppendData("a"u8);
        running.AppendData("bc"u8);

        Assert.Equal(OfAbc, ContentHash.Of(running).Hex);
        Assert.Equal(ContentHash.Of(default(ReadOnlySpan<byte>)), ContentHash.Of(running));
    }

    [Fact]
    public void Takes_what_it_writes()
    {
        Assert.True(ContentHash.TryParse(OfAbc, out var hash));
        Assert.Equal(ContentHash.Of("abc"u8), hash);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("sha256:816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0")]
    public void Refuses_anything_else(string? text) => Assert.False(ContentHash.TryParse(text, out _));
}
