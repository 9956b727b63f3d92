using System.Net;
using System.Net.Sockets;

namespace CarTIngest.Tests.Hostile;

/// <summary>Every hostile record in a file of its own with 99 good ones, all files of a format through one run of the built process.</summary>
public sealed class HostileRuns : IAsyncLifetime
{
    /// <summary>Where the bad one stands.</summary>
    internal const int BadAt = 50;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-hostile-");

    internal ParsedAsProcess Articles { get; private set; } = null!;

    internal ParsedAsProcess StudyValues { get; private set; } = null!;

    /// <summary>A connection was made to the place that the files name.</summary>
    internal bool Fetched { get; private set; }

    public async Task InitializeAsync()
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        var port = ((IPEndPoint)web.LocalEndpoint).Port;
        Articles = await RunAsync("xml", HostileRecord.Articles, bad => HostileFile.Xml(bad, BadAt, port));
        StudyValues = await RunAsync("json", HostileRecord.StudyValues, bad => HostileFile.JsonArray(bad, BadAt));
        Fetched = web.Pending();
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    internal static string NameOf(IReadOnlyList<HostileRecord> kinds, string kind) => $"{Enumerable.Range(0, kinds.Count).Single(at => kinds[at].Kind == kind):000}";

    private async Task<ParsedAsProcess> RunAsync(string format, IReadOnlyList<HostileRecord> kinds, Func<HostileRecord, byte[]> document)
    {
        var files = folder.CreateSubdirectory(format);
        foreach (var kind in kinds)
        {
            await File.WriteAllBytesAsync(Path.Combine(files.FullName, NameOf(kinds, kind.Kind)), document(kind));
        }

        return await ParsedAsProcess.RunAsync(files.FullName);
    }
}
