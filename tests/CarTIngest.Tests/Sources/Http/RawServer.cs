using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CarTIngest.Tests.Sources.Http;

/// <summary>A server that speaks HTTP by hand on a free loopback port, so that it can also speak it wrongly: what a web server would not send, it sends.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<RawPeer, int, Task> answer;
    private readonly Task serving;
    private int requests;

    /// <param name="answer">Gets the number of the request, from 1. The connection stays open for the next request unless the peer was closed.</param>
    public RawServer(Func<RawPeer, int, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"http://{listener.LocalEndpoint}/");

    public int Requests => Volatile.Read(ref requests);

    public static string Ok(string body, string more = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{more}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var peers = new List<Task>();
        try
        {
            while (true)
            {
                peers.Add(TalkAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(peers);
        }
    }

    private async Task TalkAsync(Socket socket)
    {
        await using var peer = new RawPeer(socket, stop.Token);
        try
        {
            while (!peer.Closed && await peer.ReadRequestAsync() is { } head)
            {
                peer.Head = head;
                await answer(peer, Interlocked.Increment(ref requests));
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }
}

/// <summary>One connection as the server holds it.</summary>
internal sealed class RawPeer(Socket socket, CancellationToken stop) : IAsyncDisposable
{
    private readonly NetworkStream stream = new(socket, ownsSocket: true);

    public bool Closed { get; private set; }

    /// <summary>The request's line and headers.</summary>
    public string Head { get; set; } = "";

    public CancellationToken Stop => stop;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>A byte, a pause, a byte: each early enough that the connection never looks dead.</summary>
    public async Task DripAsync(string text, TimeSpan pause)
    {
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            await SendAsync([one]);
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>RST: what was sent and not yet taken may be lost with it.</summary>
    public void Reset()
    {
        Closed = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>FIN: all that was sent arrives, and no more.</summary>
    public void Close()
    {
        Closed = true;
        socket.Shutdown(SocketShutdown.Send);
    }

    public async Task<string?> ReadRequestAsync()
    {
        var head = new StringBuilder();
        var chunk = new byte[8192];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(chunk, stop);
            if (read == 0)
            {
                return null;
            }

            head.Append(Encoding.ASCII.GetString(chunk, 0, read));
        }

        return head.ToString();
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
