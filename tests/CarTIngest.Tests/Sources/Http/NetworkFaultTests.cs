using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;

namespace CarTIngest.Tests.Sources.Http;

/// <summary>
/// Faults of the network, given byte by byte. Here every answer that the transport calls whole is accepted, so that what is refused is refused by the transport alone.
/// </summary>
public sealed class NetworkFaultTests
{
    private const string Whole = "<whole>every byte of it</whole>";

    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(60);

    private static readonly HttpLimits Brief = HttpUnderTest.Quick with
    {
        Retries = 2,
        AttemptTimeout = TimeSpan.FromSeconds(15),
        TotalTimeout = TimeSpan.FromSeconds(60),
        LargestBody = 4_000_000,
    };

    private static readonly Dictionary<string, Func<RawPeer, Task>> Faults = new()
    {
        ["reset before an answer"] = Then("", peer => peer.Reset()),
        ["closed before an answer"] = Then("", peer => peer.Close()),
        ["no HTTP at all"] = Then("220 mail.example.org ESMTP\r\n\r\n", peer => peer.Close()),
        ["closed within the headers"] = Then("HTTP/1.1 200 OK\r\nContent-Le", peer => peer.Close()),
        ["reset after the headers"] = Then("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n", peer => peer.Reset()),
        ["reset within the body"] = Then("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<whole>", peer => peer.Reset()),
        ["short of its length"] = Then("HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n<whole>every byte", peer => peer.Close()),
        ["a byte short of its length"] = Then("HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n" + Whole, peer => peer.Close()),
        ["a cut chunk"] = Then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n<whole>every", peer => peer.Close()),
        ["chunks without the last"] = Then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n" + Whole + "\r\n", peer => peer.Close()),
        ["a chunk whose size is none"] = Then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + Whole + "\r\n0\r\n\r\n", peer => peer.Close()),
        ["a chunk of a size beyond reason"] = Then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + Whole, peer => peer.Close()),
        ["a byte now and then, headers first"] = peer => peer.DripAsync(RawServer.Ok(Whole), Drop),
        ["a byte now and then, in the body"] = async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n");
            await peer.DripAsync(Whole, Drop);
        },
        ["silence"] = peer => Task.Delay(Timeout.Infinite, peer.Stop),
        ["silence within the body"] = async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n<whole>");
            await Task.Delay(Timeout.Infinite, peer.Stop);
        },
        ["a slow body without end"] = async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            await peer.DripAsync(string.Concat(Enumerable.Repeat("1\r\nx\r\n", 1000)), Drop);
        },
        ["headers without end"] = async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\n");
            for (var header = 0; ; header++)
            {
                await peer.SendAsync($"X-More-{header}: {new string('x', 1000)}\r\n");
            }
        },
        ["gzip that is none"] = Packed("gzip", Encoding.ASCII.GetBytes(Whole)),
        ["gzip cut at its half"] = Packed("gzip", Cut(Gzip(Whole))),
        ["gzip without its end"] = Packed("gzip", Gzip(Whole)[..^4]),
        ["gzip with a wrong sum"] = Packed("gzip", [.. Gzip(Whole)[..^8], 1, 2, 3, 4, .. Gzip(Whole)[^4..]]),
        ["brotli that is none"] = Packed("br", Encoding.ASCII.GetBytes(Whole)),
        ["brotli cut at its half"] = Packed("br", Cut(Brotli(Whole))),
        ["deflate cut at its half"] = Packed("deflate", Cut(Deflate(Whole))),
        ["whole in a packing that was not asked for"] = Packed("br", Brotli(Whole)),
        ["packed twice"] = Packed("gzip, gzip", Gzip(Whole)),
        ["gzip with more behind it"] = Packed("gzip", [.. Gzip(Whole), .. "<more/>"u8]),
        ["two lengths that differ"] = Then("HTTP/1.1 200 OK\r\nContent-Length: 31\r\nContent-Length: 7\r\n\r\n" + Whole, peer => peer.Close()),
        ["a length below nothing"] = Then("HTTP/1.1 200 OK\r\nContent-Length: -31\r\n\r\n" + Whole, peer => peer.Close()),
        ["a length beyond reason"] = Then("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n" + Whole, peer => peer.Close()),
    };

    /// <summary>What only the clock ends. These alone are given a short time, for on a busy machine a sound answer may need a long one.</summary>
    private static readonly HashSet<string> EndedByTheClock =
    [
        "a byte now and then, headers first", "a byte now and then, in the body", "silence", "silence within the body", "a slow body without end",
    ];

    public static TheoryData<string> Kinds => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_fault_that_passes_is_outlived_and_leaves_nothing_in_the_answer(string kind)
    {
        await using var server = new RawServer((peer, n) => n == 1 ? Faults[kind](peer) : peer.SendAsync(RawServer.Ok(Whole)));
        await using var client = new HttpUnderTest(LimitsFor(kind));
        var answer = await client.Http.SendAsync(Get(server.Address), _ => AnswerVerdict.Ok, CancellationToken.None);
        Assert.Equal(Whole, Encoding.UTF8.GetString(answer.Body.Span));
        Assert.InRange(client.Http.Requests, 2, EndedByTheClock.Contains(kind) ? 3 : 2);
        Assert.InRange(server.Requests, 2, client.Http.Requests);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_a_fault_that_lasts_nothing_is_accepted_and_the_time_is_bounded(string kind)
    {
        await using var server = new RawServer((peer, _) => Faults[kind](peer));
        await using var client = new HttpUnderTest(LimitsFor(kind));
        var began = Stopwatch.GetTimestamp();
        var down = await Assert.ThrowsAsync<SourceDownException>(() => client.Http.SendAsync(Get(server.Address), _ => AnswerVerdict.Ok, CancellationToken.None));
        Assert.Equal("pubmed", down.SourceName);
        Assert.Equal(3, client.Http.Requests);
        // A try that ran out of its time before the server read it was sent all the same.
        Assert.InRange(server.Requests, EndedByTheClock.Contains(kind) ? 1 : 3, 3);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_host_that_refuses_is_asked_as_often_as_any_fault_and_is_then_down()
    {
        await using var client = new HttpUnderTest(Brief);
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://{closed.LocalEndpoint}/");
        closed.Stop();
        await Assert.ThrowsAsync<SourceDownException>(() => client.Http.SendAsync(Get(address), _ => AnswerVerdict.Ok, CancellationToken.None));
        Assert.Equal(3, client.Http.Requests);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task A_body_that_would_fill_the_memory_is_left_at_its_cap_whatever_it_weighs_on_the_wire(string packing)
    {
        await using var server = new RawServer(async (peer, _) =>
        {
            await peer.SendAsync($"HTTP/1.1 200 OK\r\n{(packing == "identity" ? "" : $"Content-Encoding: {packing}\r\n")}\r\n");
            await using var wire = new PeerStream(peer);
            await using Stream packer = packing switch
            {
                "gzip" => new GZipStream(wire, CompressionLevel.Fastest),
                _ => wire,
            };
            var nothing = new byte[1024 * 1024];
            for (var written = 0; written < 4096; written++)
            {
                await packer.WriteAsync(nothing, peer.Stop);
            }
        });
        await using var client = new HttpUnderTest(Brief with { AttemptTimeout = TimeSpan.FromSeconds(15) });
        var before = GC.GetTotalAllocatedBytes();
        var refused = await Assert.ThrowsAsync<AnswerRefusedException>(() => client.Http.SendAsync(Get(server.Address), _ => AnswerVerdict.Ok, CancellationToken.None));
        Assert.Equal(AnswerClass.Permanent, refused.Verdict.Class);
        Assert.Contains("4000000 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, client.Http.Requests);
        Assert.InRange(client.Http.BytesReceived, 4_000_000, 4_200_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200_000_000);
    }

    private static HttpLimits LimitsFor(string kind) => EndedByTheClock.Contains(kind) ? Brief with { AttemptTimeout = TimeSpan.FromSeconds(1) } : Brief;

    private static Func<HttpRequestMessage> Get(Uri address) => () => new HttpRequestMessage(HttpMethod.Get, address);

    private static Func<RawPeer, Task> Then(string sent, Action<RawPeer> end) => async peer =>
    {
        await peer.SendAsync(sent);
        end(peer);
    };

    private static Func<RawPeer, Task> Packed(string packing, byte[] body) => async peer =>
    {
        await peer.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {packing}\r\nContent-Length: {body.Length}\r\n\r\n");
        await peer.SendAsync(body);
    };

    private static byte[] Gzip(string text) => Pack(text, to => new GZipStream(to, CompressionLevel.Optimal));

    private static byte[] Brotli(string text) => Pack(text, to => new BrotliStream(to, CompressionLevel.Optimal));

    private static byte[] Deflate(string text) => Pack(text, to => new ZLibStream(to, CompressionLevel.Optimal));

    private static byte[] Cut(byte[] bytes) => bytes[..(bytes.Length / 2)];

    private static byte[] Pack(string text, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    /// <summary>Writes what it is given to the peer.</summary>
    private sealed class PeerStream(RawPeer peer) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(peer.SendAsync(buffer.ToArray()));

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => peer.SendAsync(buffer[offset..(offset + count)]);
    }
}
