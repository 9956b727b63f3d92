using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>With which arms a source is asked tonight: those of the strategy in force, and those that follow what people know. Told once, at the night's start; a change takes effect there.</summary>
public sealed partial class NightArms(StoreFactory stores, Protocol protocol, ILogger<NightArms> log)
{
    public async Task<StrategyInForce> OfAsync(ISource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var store = stores.Open();
        var inForce = await StrategyShelf.InForceAsync(store, new Strategy(source.Name, source.Arms), await DecisionBook.StateAsync(store, protocol, cancellationToken), cancellationToken);
        if (inForce.Offered is { } waiting)
        {
            StrategyWaits(WaitingWords.Of(inForce.Strategy, waiting).Says, inForce.Strategy.Hash, waiting.Hash);
        }

        return inForce;
    }

    /// <summary>What people included, and the arms that look for reports of included and ongoing studies; none as long as people follow nothing.</summary>
    public async Task<FollowedTonight> FollowingAsync(ISource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var store = stores.Open();
        var classed = await ClassedStudies.OfAsync(store, await DecisionBook.StateAsync(store, protocol, cancellationToken), cancellationToken);
        var followed = classed.Where(study => study.Class is StudyClass.Included or StudyClass.Ongoing).SelectMany(study => study.Records).ToList();
        var included = classed.Where(study => study.Class == StudyClass.Included).SelectMany(study => study.Records).ToHashSet();
        var arms = source.ArmsFor(new KnownStudies(
            [.. followed.Select(id => NctId.TryParse(id.Local, out var trial) ? trial : (NctId?)null).OfType<NctId>().Distinct().Order()],
            PublicationsOf(included),
            PublicationsOf(await ArmBook.MatchedByAsync(store, source.Name, BuiltArms.Citations, cancellationToken))));
        return new FollowedTonight(included, arms);
    }

    private static IReadOnlyList<Pmid> PublicationsOf(IEnumerable<RecordId> ids) =>
        [.. ids.Where(id => id.Source == "pubmed").Select(id => Pmid.TryParse(id.Local, out var pmid) ? pmid : (Pmid?)null).OfType<Pmid>().Distinct().Order()];

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Says} In force: {InForce}; waiting: {Offered}.")]
    private partial void StrategyWaits(string says, string inForce, string offered);
}

/// <param name="Included">The records of all studies that people included, of whichever source.</param>
/// <param name="Arms">The source's arms that follow what people know.</param>
public sealed record FollowedTonight(IReadOnlySet<RecordId> Included, IReadOnlyList<SearchArm> Arms);
