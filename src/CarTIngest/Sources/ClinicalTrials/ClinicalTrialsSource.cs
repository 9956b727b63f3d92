using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// ClinicalTrials.gov by its API v2. A census lists every arm from its first page to its last and holds only while the registry's data stand still:
/// where they move it begins again, a bounded number of times. What changed is told by the stamps (last update, status, results), so nothing is <c>Touched</c>.
/// </summary>
public sealed class ClinicalTrialsSource : ISource
{
    private readonly SourceHttp http;
    private readonly ClinicalTrialsOptions options;
    private readonly RegistryClient client;
    private readonly RegistryCensus census;
    private readonly RegistryFetch fetch;

    /// <param name="http">The registry's own pipeline, paced by <see cref="ClinicalTrialsOptions.RequestsPerSecond"/>.</param>
    /// <param name="arms">The strategies; those of other sources are passed over.</param>
    public ClinicalTrialsSource(SourceHttp http, ClinicalTrialsOptions options, IReadOnlyList<SearchArm> arms)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(arms);
        (this.http, this.options) = (http, options);
        Arms = [.. arms.Where(arm => string.Equals(arm.Source, RegistryClient.SourceName, StringComparison.Ordinal))];
        client = new RegistryClient(http, options.BaseAddress);
        census = new RegistryCensus(client, options);
        fetch = new RegistryFetch(client, options);
    }

    public string Name => RegistryClient.SourceName;

    public string ReaderVersion => StudyJson.ReaderVersion;

    public IReadOnlyList<SearchArm> Arms { get; }

    /// <summary>None: registrations are found by the strategy alone.</summary>
    public IReadOnlyList<SearchArm> ArmsFor(KnownStudies known) => [];

    public ISource Searching(IReadOnlyList<SearchArm> arms) => new ClinicalTrialsSource(http, options, arms);

    public RereadPolicy Reread => new(options.RereadDays, AllAtOnce: true);

    /// <inheritdoc/>
    public Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken) =>
        RefusedAnswers.AsDownAsync(Name, token => client.DataVersionAsync(archive, token), cancellationToken);

    /// <inheritdoc/>
    public Task<SourceCensus> TakeCensusAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken) =>
        RefusedAnswers.AsDownAsync(Name, token => TakeAsync(archive, token), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FetchedRecord> FetchAsync(IReadOnlyList<RecordId> ids, IRawArchive archive, DriftTally drift, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var numbers = ids.Select(id => NctId.TryParse(id.Local, out var number) ? number : throw new ArgumentException($"{id} is no registration.", nameof(ids))).ToList();
        return RefusedAnswers.AsDownAsync(Name, fetch.FetchAsync(numbers, archive, drift, cancellationToken), cancellationToken);
    }

    private async Task<SourceCensus> TakeAsync(IRawArchive archive, CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            var (taken, stoodStill) = await TakeOnceAsync(archive, cancellationToken);
            if (stoodStill || restarts >= options.CensusRestarts)
            {
                return taken;
            }
        }
    }

    private async Task<(SourceCensus Taken, bool StoodStill)> TakeOnceAsync(IRawArchive archive, CancellationToken cancellationToken)
    {
        var before = await client.DataVersionAsync(archive, cancellationToken);
        var taken = new List<ArmCensus>(Arms.Count);
        string? moved = null;
        foreach (var arm in Arms)
        {
            try
            {
                taken.Add(await census.TakeAsync(arm, archive, cancellationToken));
            }
            catch (AnswerRefusedException refused) when (refused.Verdict == RegistryAnswers.DataChanged)
            {
                moved = refused.Message;
                break;
            }
        }

        var after = await client.DataVersionAsync(archive, cancellationToken);
        moved ??= after == before ? null : $"The registry's data moved from {before} to {after} during the census.";
        var all = Arms.Select((arm, place) => place < taken.Count ? taken[place] : NotTaken(arm));
        var stated = moved is null ? all : all.Select(arm => arm with { WhyNotProven = arm.WhyNotProven ?? moved });
        return (new SourceCensus(before, after, [.. stated], new HashSet<RecordId>()), moved is null);
    }

    private static ArmCensus NotTaken(SearchArm arm) => new(arm, arm.Text, 0, new Dictionary<RecordId, string>(), null, [], null);
}
