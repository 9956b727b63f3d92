using System.CommandLine;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Sources.Files;

namespace CarTIngest.Host.Commands;

/// <summary><c>import</c>: files of records into the store.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "PubMed XML or study JSON, gzipped or not, or folders of them.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<bool> Baseline = new("--baseline") { Description = "What is new is known to the team already: it opens nothing in the queue, now or later." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("import", "Brings files of records into the store; what is held already is recognised, so it may be stopped and begun again.", "import updatefiles/ studies.json.gz --store review", Paths, Baseline, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var files = FilesOf(call.GetValue(Paths)!);
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
        var import = provider.GetRequiredService<FileImport>();
        var json = call.GetValue(CommonOptions.Json);
        await using var lease = await provider.GetRequiredService<Leases>().TakeAsync(Leases.Night, cancellationToken);
        var counts = new List<ImportCount>();
        using var progress = new Progress(files.Count);
        foreach (var file in files)
        {
            if (Drain.IsRequested)
            {
                await Console.Error.WriteLineAsync($"Asked to end. Not begun: {string.Join(", ", files.Skip(counts.Count))}.");
                break;
            }

            progress.Begin(file);
            counts.Add(await import.RunAsync(file, import.Today, lease, call.GetValue(Baseline) ? ImportAs.Baseline : ImportAs.Records, cancellationToken));
            progress.End();
            if (json)
            {
                Answers.Json(counts[^1]);
            }
        }

        if (!json)
        {
            Answers.Table(
                ["file", ">read", ">new", ">revised", ">unchanged", ">quarantined"],
                counts.Select(count => (IReadOnlyList<string>)[count.File, $"{count.Read}", $"{count.New}", $"{count.Revised}", $"{count.Unchanged}", $"{count.Quarantined}"]));
        }

        return counts.Any(count => count.Quarantined > 0) ? ExitCode.Partial : ExitCode.Done;
    }

    /// <exception cref="UsageException">A path does not exist, or none of them holds a file.</exception>
    internal static IReadOnlyList<string> FilesOf(IReadOnlyList<string> paths)
    {
        try
        {
            var files = paths.SelectMany(RecordFile.Expand).ToList();
            return files.Count > 0 ? files : throw new UsageException($"There is no file in {string.Join(", ", paths)}.");
        }
        catch (FileNotFoundException absent)
        {
            throw new UsageException(absent.Message);
        }
    }
}
