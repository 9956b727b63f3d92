using CarTIngest.Records;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed.Xml;

namespace CarTIngest.Sources.PubMed;

/// <summary>Reads the records of one answer as they stand, each read or not readable; see <see cref="PubMedXml.ReadAsync"/>.</summary>
public delegate IAsyncEnumerable<Reading> PublicationReader(Stream xml, DriftTally drift, CancellationToken cancellationToken);

/// <summary>
/// PubMed by NCBI's E-utilities. A census lists every arm whole; what may have changed is told by two dates over all arms. Blind spots: revisions that
/// move no date (each record is read again within <see cref="PubMedOptions.RereadDays"/>), and why a PMID vanished (deleted and merged look alike).
/// </summary>
public sealed class PubMedSource : ISource
{
    private readonly SourceHttp http;
    private readonly PubMedOptions options;
    private readonly PublicationReader read;
    private readonly TimeProvider clock;
    private readonly EUtilities eutils;
    private readonly PubMedCensus census;
    private readonly PubMedFetch fetch;

    /// <summary>With the house's own reader.</summary>
    public PubMedSource(SourceHttp http, PubMedOptions options, IReadOnlyList<SearchArm> arms, TimeProvider clock)
        : this(http, options, arms, PubMedXml.ReadAsync, PubMedXml.ReaderVersion, clock)
    {
    }

    /// <param name="http">PubMed's own pipeline, paced by <see cref="PubMedOptions.PaceInForce"/>.</param>
    /// <param name="arms">The strategies, each with the parameter <c>term</c>; those of other sources are passed over.</param>
    /// <exception cref="ArgumentException">The options have faults, or an arm has no term.</exception>
    public PubMedSource(SourceHttp http, PubMedOptions options, IReadOnlyList<SearchArm> arms, PublicationReader read, string readerVersion, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(clock);
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        var own = arms.Where(arm => string.Equals(arm.Source, EUtilities.SourceName, StringComparison.Ordinal)).ToList();
        if (own.Find(arm => !FollowingArms.IsOfCitations(arm) && (FollowingArms.TermsOf(arm) is not { Count: > 0 } terms || terms.Any(string.IsNullOrWhiteSpace))) is { } empty)
        {
            throw new ArgumentException($"Arm {empty.Name} has no term.", nameof(arms));
        }

        (this.http, this.options, this.read, this.clock) = (http, options, read, clock);
        Arms = own;
        ReaderVersion = readerVersion;
        eutils = new EUtilities(http, options);
        census = new PubMedCensus(eutils, options, own);
        fetch = new PubMedFetch(eutils, options, read, clock);
    }

    public string Name => EUtilities.SourceName;

    public string ReaderVersion { get; }

    public IReadOnlyList<SearchArm> Arms { get; }

    public IReadOnlyList<SearchArm> ArmsFor(KnownStudies known) => FollowingArms.For(known);

    public ISource Searching(IReadOnlyList<SearchArm> arms) => new PubMedSource(http, options, arms, read, ReaderVersion, clock);

    public RereadPolicy Reread => new(options.RereadDays, AllAtOnce: false);

    /// <inheritdoc/>
    public Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken) =>
        RefusedAnswers.AsDownAsync(Name, token => eutils.DataVersionAsync(archive, token), cancellationToken);

    /// <inheritdoc/>
    public Task<SourceCensus> TakeCensusAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken) =>
        RefusedAnswers.AsDownAsync(Name, token => census.TakeAsync(window, archive, token), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="SourceDownException">PubMed did not answer so that its answer could be trusted.</exception>
    /// <exception cref="ArgumentException">An id is no PMID.</exception>
    public IAsyncEnumerable<FetchedRecord> FetchAsync(IReadOnlyList<RecordId> ids, IRawArchive archive, DriftTally drift, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var pmids = ids.Select(id => Pmid.TryParse(id.Local, out var pmid) ? pmid : throw new ArgumentException($"{id} is no PMID.", nameof(ids))).Distinct().ToList();
        return RefusedAnswers.AsDownAsync(Name, fetch.FetchAsync(pmids, archive, drift, cancellationToken), cancellationToken);
    }
}
