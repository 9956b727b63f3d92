namespace CarTIngest.Rehearsal.Demo;

/// <summary>
/// The invented corpus of the <c>demo</c> verb: two recorded nights of both sources, 2026-03-02 and 2026-03-03, beside the executable.
/// Blind spot: only the presence of the folders is looked at, not what stands in the files.
/// </summary>
public sealed record DemoCorpus
{
    private DemoCorpus(string registryNights, string pubMedNights)
    {
        RegistryNights = registryNights;
        PubMedNights = pubMedNights;
    }

    /// <summary>The folder with <c>DATE.full.jsonl</c>, then <c>DATE.changes.jsonl</c>; an absolute path.</summary>
    public string RegistryNights { get; }

    /// <summary>The folder with <c>DATE.xml</c> update files; an absolute path.</summary>
    public string PubMedNights { get; }

    /// <summary>The corpus that came with this executable.</summary>
    /// <exception cref="DirectoryNotFoundException">The executable was moved without its <c>Demo</c> folder.</exception>
    public static DemoCorpus Bundled() => In(Path.Combine(AppContext.BaseDirectory, "Demo"));

    /// <summary>The corpus in another folder of the same shape.</summary>
    /// <exception cref="DirectoryNotFoundException">One of the two folders is absent.</exception>
    public static DemoCorpus In(string folder) => new(Present(folder, "clinicaltrials"), Present(folder, "pubmed"));

    private static string Present(string folder, string source)
    {
        var path = Path.GetFullPath(Path.Combine(folder, source));
        return Directory.Exists(path)
            ? path
            : throw new DirectoryNotFoundException($"The demo's corpus is incomplete: {path} does not exist. It belongs beside the executable; publish or install it again.");
    }
}
