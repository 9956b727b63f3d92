using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>A mail server on loopback that keeps what it took and answers as it is told: by default as a good one does.</summary>
internal sealed class ScriptedSmtp : IAsyncDisposable
{
    /// <summary>In the place of an answer: the connection is closed without one.</summary>
    public const string Drop = "";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public ScriptedSmtp()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The answer to a command, by its first word; <c>CONNECT</c> is the greeting and <c>.</c> the end of a message. Taken from the front, the last stays.</summary>
    public Dictionary<string, Queue<string>> Answers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: STARTTLS is not offered.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool OffersLogin { get; init; }

    /// <summary>Whether it takes letters beyond ASCII in addresses.</summary>
    public bool OffersUtf8 { get; init; }

    /// <summary>What happens when somebody is connected and not greeted yet.</summary>
    public Func<Task> WhenMet { get; init; } = () => Task.CompletedTask;

    /// <summary>What happens when a message has come whole and is not answered yet.</summary>
    public Func<Task> WhenTaken { get; init; } = () => Task.CompletedTask;

    /// <summary>Messages as they came over the wire, dots unstuffed, also those that were not acknowledged.</summary>
    public List<string> Received { get; } = [];

    public List<string> Commands { get; } = [];

    public ScriptedSmtp Says(string command, params string[] answers)
    {
        Answers[command] = new Queue<string>(answers);
        return this;
    }

    public static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
        Certificate?.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went away, or we do.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        await WhenMet();
        if (!await SayAsync(stream, "CONNECT", "220 scripted ESMTP"))
        {
            return;
        }

        while (await LineAsync(stream) is { } line)
        {
            Commands.Add(line);
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "STARTTLS")
            {
                await SayAsync(stream, verb, "220 go ahead");
                var safe = new SslStream(stream);
                await safe.AuthenticateAsServerAsync(Certificate!);
                stream = safe;
            }
            else if (verb == "DATA")
            {
                if (await SayAsync(stream, verb, "354 go on") is false || !(await TakeAsync(stream) && await SayAsync(stream, ".", "250 2.0.0 taken")))
                {
                    return;
                }
            }
            else if (!await SayAsync(stream, verb, Usual(verb, stream is SslStream)) || verb == "QUIT")
            {
                return;
            }
        }
    }

    private string Usual(string verb, bool isSafe) => verb switch
    {
        "EHLO" => string.Join("\r\n", (string[])[.. Certificate is not null && !isSafe ? ["250-STARTTLS"] : Array.Empty<string>(), .. OffersLogin ? ["250-AUTH PLAIN LOGIN"] : Array.Empty<string>(), .. OffersUtf8 ? ["250-SMTPUTF8"] : Array.Empty<string>(), "250 8BITMIME"]),
        "AUTH" => "235 welcome",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    /// <returns>False when the connection is to be closed, or DATA was refused.</returns>
    private async Task<bool> SayAsync(Stream stream, string command, string usual)
    {
        var answer = Answers.TryGetValue(command, out var told) ? told.Count > 1 ? told.Dequeue() : told.Peek() : usual;
        if (answer == Drop)
        {
            return false;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"));
        return !answer.StartsWith("421", StringComparison.Ordinal);
    }

    private async Task<bool> TakeAsync(Stream stream)
    {
        var message = new StringBuilder();
        while (await LineAsync(stream) is { } line)
        {
            if (line == ".")
            {
                Received.Add(message.ToString());
                await WhenTaken();
                return true;
            }

            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return false;
    }

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
