using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CarTIngest.Tests.Host;

/// <summary>A throw-away PostgreSQL cluster on loopback, one for the whole test process, run by a user that is not root. Gone when the process ends.</summary>
internal sealed class PostgresCluster
{
    private static readonly Lazy<PostgresCluster?> Started = new(Start);
    private static int databases;

    private readonly string bin;
    private readonly DirectoryInfo folder;
    private readonly int port;

    private PostgresCluster(string bin, DirectoryInfo folder, int port) => (this.bin, this.folder, this.port) = (bin, folder, port);

    /// <summary>The connection string of a new database, empty or a copy of another that nobody is connected to; skips (or, under CARTINGEST_STRICT=1, fails) where there is no initdb.</summary>
    public static string NewDatabase(string template = "template1")
    {
        Shared.Require(Started.Value is not null, "there is no initdb (Debian: postgresql)");
        var cluster = Started.Value!;
        var name = $"store{Interlocked.Increment(ref databases)}";
        using var connection = new NpgsqlConnection(cluster.To("postgres"));
        connection.Open();
        using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        create.ExecuteNonQuery();
        return cluster.To(name);
    }

    // Small pools: each test has a database of its own, and the cluster takes a hundred connections in all.
    private string To(string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=12;Connection Idle Lifetime=2;Connection Pruning Interval=1";

    private static PostgresCluster? Start()
    {
        if (Binaries() is not { } bin)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("cartingest-pg-");
        var cluster = new PostgresCluster(bin, folder, FreePort());
        if (Environment.UserName == "root")
        {
            Run("chown", "nobody", folder.FullName);
        }

        cluster.AsUser($"{bin}/initdb -D {folder.FullName}/data -U postgres -A trust --no-sync -E UTF8 --locale=C");
        cluster.AsUser($"{bin}/pg_ctl -D {folder.FullName}/data -w -l {folder.FullName}/log -o '-p {cluster.port} -k {folder.FullName} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off -c max_connections=200' start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Stop();
        return cluster;
    }

    private void Stop()
    {
        NpgsqlConnection.ClearAllPools();
        AsUser($"{bin}/pg_ctl -D {folder.FullName}/data -m immediate stop");
        folder.Delete(recursive: true);
    }

    private void AsUser(string command)
    {
        if (Environment.UserName == "root")
        {
            Run("su", "nobody", "-s", "/bin/sh", "-c", $"cd / && {command}");
        }
        else
        {
            Run("/bin/sh", "-c", command);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // Output is thrown away: a server that inherits a pipe would keep it open for ever.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]))!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static string? Binaries() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => $"{version}/bin") : [])
        .FirstOrDefault(folder => File.Exists($"{folder}/initdb") && File.Exists($"{folder}/pg_ctl"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
