using System.Diagnostics;
using System.Text;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>The built executable, as other programs meet it: a process in a working directory of its own, with no more of the environment than it needs to start.</summary>
internal sealed class Cartingest : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] Kept = ["PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SystemRoot"];

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("cartingest-cli-");

    public Cartingest()
    {
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Temporary);
        Environment = new() { ["TMPDIR"] = Temporary, ["HOME"] = root.FullName };
    }

    /// <summary>The caller's working directory.</summary>
    public string Folder => Path.Combine(root.FullName, "work");

    /// <summary>Where the process puts what nobody asked to keep.</summary>
    public string Temporary => Path.Combine(root.FullName, "tmp");

    /// <summary>What is added to the environment.</summary>
    public Dictionary<string, string> Environment { get; }

    public string Write(string name, string text)
    {
        var path = InFolder(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A named pipe in the working directory; who opens an end of it waits for the other.</summary>
    public async Task<string> PipeAsync(string name)
    {
        Shared.Require(!OperatingSystem.IsWindows(), "there are no named pipes here");
        var path = InFolder(name);
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync();
        return path;
    }

    /// <summary>The pipe's writing end, once a process has opened the other.</summary>
    public static Task<FileStream> WriteIntoAsync(string pipe) => Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));

    /// <summary>Runs to the end.</summary>
    public async Task<Answered> RunAsync(params string[] arguments)
    {
        using var running = Start(arguments);
        return await running.EndAsync();
    }

    /// <summary>
    /// Runs to the end within this process: the entry point is the same, and a call takes a tenth of the time. A store that is named is a folder of <see cref="Folder"/>,
    /// which is the store where none is; so is whatever else lies there; other paths are given whole. For what concerns the process itself (signals, streams, environment, locks between processes) there is <see cref="RunAsync"/>.
    /// </summary>
    public Task<Answered> CallAsync(params string[] arguments)
    {
        var store = Array.IndexOf(arguments, "--store") + 1;
        string[] call = [.. arguments.Select((argument, at) => (at == store && store > 0) || (at > 0 && Path.Exists(InFolder(argument))) ? InFolder(argument) : argument)];
        return CalledWithin.RunAsync(store > 0 ? call : [.. call, "--store", Folder]);
    }

    /// <summary>The whole path of what lies in the working directory.</summary>
    public string InFolder(string name) => Path.Combine(Folder, name);

    public RunningCartingest Start(params string[] arguments)
    {
        // Whoever is started in the background of a shell ignores SIGINT, and so would its children.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : DotNet(), OperatingSystem.IsLinux() ? ["--default-signal=INT", DotNet()] : [])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Executable());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var inherited = start.Environment.Where(pair => Kept.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        start.Environment.Clear();
        foreach (var (key, value) in inherited.Select(pair => (pair.Key, pair.Value)).Concat(Environment.Select(pair => (pair.Key, (string?)pair.Value))))
        {
            start.Environment[key] = value;
        }

        return new RunningCartingest(Process.Start(start) ?? throw new InvalidOperationException("The process did not start."), arguments);
    }

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>Beside the tests, or where the build of the same configuration leaves it.</summary>
    private static string Executable()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, "cartingest.dll"),
            Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "bin", configuration, "net10.0", "cartingest.dll"),
        ];
        return places.FirstOrDefault(place => File.Exists(Path.ChangeExtension(place, ".runtimeconfig.json"))) ?? throw new InvalidOperationException($"cartingest is not built: {string.Join(", ", places)}");
    }

    private static string DotNet() => System.Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
}
