namespace CarTIngest.Rehearsal.Corpus;

/// <summary>
/// Recorded nights of both sources, folded into what each held on each night. Records keep their bytes verbatim and lie in memory.
/// A night is a date for which either folder holds a file; a source without one is as the night before. A <c>DATE.census.json</c> in a source's folder says
/// how its census differs from what it holds: <c>{"left":[ids]}</c> no arm announces, <c>{"notGiven":[ids]}</c> are announced only, <c>{"announce":0.4}</c>
/// lists a share; from that night until the next such file.
/// </summary>
public sealed class RehearsalCorpus
{
    private const string FullNight = ".full.jsonl";
    private const string ChangesOfNight = ".changes.jsonl";
    private const string CensusOfTheNight = ".census.json";

    private readonly Dictionary<DateOnly, NightInForce> inForce;

    private RehearsalCorpus(IEnumerable<NightInForce> nights)
    {
        inForce = nights.ToDictionary(night => night.Night);
        Nights = [.. inForce.Keys.Order()];
    }

    /// <summary>The nights in order, at least one.</summary>
    public IReadOnlyList<DateOnly> Nights { get; }

    /// <summary>Reads the recorded nights.</summary>
    /// <param name="registryNightsFolder">A folder of <c>DATE.full.jsonl[.gz]</c> and <c>DATE.changes.jsonl[.gz]</c>; null for a registry without studies.</param>
    /// <param name="pubmedPaths">Files, there from the first night, or folders of <c>DATE.xml[.gz]</c> update files (a file there without a date is there from the first night too).</param>
    /// <param name="fallbackNight">The one night there is when no file has a date.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="RehearsalCorpusException">A file or folder is missing or cannot be read; the message names it, and the line.</exception>
    public static async Task<RehearsalCorpus> LoadAsync(
        string? registryNightsFolder, IReadOnlyList<string> pubmedPaths, DateOnly fallbackNight, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordedFile> registry = registryNightsFolder is null ? [] : RegistryFilesIn(registryNightsFolder);
        IReadOnlyList<RecordedFile> pubmed = [.. pubmedPaths.SelectMany(PubMedFilesAt)];
        IReadOnlyList<RecordedFile> censusesOfRegistry = registryNightsFolder is null ? [] : CensusFilesIn(registryNightsFolder);
        IReadOnlyList<RecordedFile> censusesOfPubMed = [.. pubmedPaths.Where(Directory.Exists).SelectMany(CensusFilesIn)];
        IReadOnlyList<DateOnly> dates = [.. registry.Concat(pubmed).Concat(censusesOfRegistry).Concat(censusesOfPubMed).Select(file => file.Night).OfType<DateOnly>().Distinct().Order()];
        dates = dates is [] ? [fallbackNight] : dates;

        var publications = new PublicationsOverTime();
        var studies = new StudiesOverTime();
        var (censusOfPubMed, censusOfRegistry) = (CensusOfNight.Plain, CensusOfNight.Plain);
        var nights = new List<NightInForce>();
        foreach (var night in dates)
        {
            var filesOfPubMed = pubmed.Where(file => (file.Night ?? dates[0]) == night).OrderBy(file => file.Night is not null).ToList();
            foreach (var file in filesOfPubMed)
            {
                publications.Apply(night, PubMedFile.Read(file.Path, await file.ReadAsync(cancellationToken)));
            }

            var filesOfRegistry = registry.Where(file => file.Night == night).OrderBy(file => file.Is(ChangesOfNight)).ToList();
            foreach (var file in filesOfRegistry)
            {
                Apply(studies, file, await file.ReadAsync(cancellationToken));
            }

            var (pubMedBefore, registryBefore) = (censusOfPubMed, censusOfRegistry);
            censusOfPubMed = await CensusOnAsync(night, censusesOfPubMed, cancellationToken) ?? censusOfPubMed;
            censusOfRegistry = await CensusOnAsync(night, censusesOfRegistry, cancellationToken) ?? censusOfRegistry;
            nights.Add(new NightInForce(
                night,
                filesOfPubMed is [] && censusOfPubMed == pubMedBefore && nights is [.., var before] ? before.Publications : publications.InForce(censusOfPubMed),
                filesOfRegistry is [] && censusOfRegistry == registryBefore && nights is [.., var last] ? last.Studies : studies.InForce(censusOfRegistry)));
        }

        return new RehearsalCorpus(nights);
    }

    /// <exception cref="ArgumentOutOfRangeException">The date is none of <see cref="Nights"/>.</exception>
    internal NightInForce On(DateOnly night) => inForce.TryGetValue(night, out var found)
        ? found
        : throw new ArgumentOutOfRangeException(nameof(night), night, "No night was recorded for this date.");

    private static void Apply(StudiesOverTime studies, RecordedFile file, byte[] bytes)
    {
        if (file.Is(FullNight))
        {
            studies.ApplyFull(RegistryFile.Read(file.Path, bytes));
        }
        else
        {
            studies.ApplyChanges(RegistryFile.Read(file.Path, bytes));
        }
    }

    private static IReadOnlyList<RecordedFile> RegistryFilesIn(string folder)
    {
        var files = RecordedFile.In(folder, ".jsonl");
        if (files.FirstOrDefault(file => file.Night is null || !(file.Is(FullNight) || file.Is(ChangesOfNight))) is { } misnamed)
        {
            throw new RehearsalCorpusException(misnamed.Path, "is named neither DATE.full.jsonl nor DATE.changes.jsonl");
        }

        return files is [] ? throw new RehearsalCorpusException(folder, "holds no recorded night (DATE.full.jsonl, DATE.changes.jsonl)") : files;
    }

    private static IReadOnlyList<RecordedFile> CensusFilesIn(string folder)
    {
        var files = RecordedFile.In(folder, CensusOfTheNight);
        return files.FirstOrDefault(file => file.Night is null) is { } undated ? throw new RehearsalCorpusException(undated.Path, "is not named DATE.census.json") : files;
    }

    /// <summary>Null when no file speaks of the night; of several the last by name counts.</summary>
    private static async Task<CensusOfNight?> CensusOnAsync(DateOnly night, IReadOnlyList<RecordedFile> files, CancellationToken cancellationToken) =>
        files.LastOrDefault(file => file.Night == night) is { } file ? CensusOfNight.Read(file.Path, await file.ReadAsync(cancellationToken)) : null;

    private static IReadOnlyList<RecordedFile> PubMedFilesAt(string path)
    {
        if (File.Exists(path))
        {
            return [new RecordedFile(path, null)];
        }

        return RecordedFile.In(path, ".xml") is { Count: > 0 } files ? files : throw new RehearsalCorpusException(path, "holds no citation file (DATE.xml)");
    }
}
