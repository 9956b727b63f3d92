using System.Text.Json;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Which rulebook judges. The first that ever judged was nobody's change; any later one waits until two people have adopted it, and till then the one before goes on,
/// from the files that were kept of it. The same files, read by a newer version of this program, are nobody's change either.
/// </summary>
public static class RulebookShelf
{
    /// <param name="offered">That of the review folder.</param>
    public static async Task<RulebookInForce> InForceAsync(StoreContext store, Rulebook offered, ScreeningState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(offered);
        ArgumentNullException.ThrowIfNull(state);
        var used = await NewestAsync(store, cancellationToken);
        return used is null ? new RulebookInForce(offered, Offered: null, IsNew: true)
            : used.Hash == offered.Hash ? new RulebookInForce(offered, Offered: null, IsNew: false)
            : state.HasAdopted(used.Hash, offered.Hash) ? new RulebookInForce(offered, Offered: null, IsNew: true)
            : Kept(used) is var kept && kept.Hash == offered.Hash ? new RulebookInForce(offered, Offered: null, IsNew: true)
            : new RulebookInForce(kept, offered, IsNew: kept.Hash != used.Hash);
    }

    /// <summary>The one by which a night judged last; null before any did.</summary>
    public static async Task<Rulebook?> LastAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await NewestAsync(store, cancellationToken) is { } used ? Kept(used) : null;
    }

    /// <summary>Whether what judged last was read by a newer version of this program, whose rules may say another thing of the same words.</summary>
    public static async Task<bool> IsOfLaterCodeAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await NewestAsync(store, cancellationToken) is { } used && RulebookFiles.IsOfLaterCode(FilesOf(used), used.Hash);
    }

    /// <summary>The one that judged on that night.</summary>
    /// <returns>Null before the first.</returns>
    public static async Task<Rulebook?> UsedByAsync(StoreContext store, DateOnly night, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var used = await store.Rulebooks.AsNoTracking().Where(row => store.Runs.Any(run => run.Id == row.RunId && run.Night <= night)).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return used is null ? null : Kept(used);
    }

    /// <summary>Notes that it judges from now on.</summary>
    public static void Use(StoreContext store, Rulebook rulebook, long run)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rulebook);
        store.Rulebooks.Add(new UsedRulebook { Hash = rulebook.Hash, Name = rulebook.Name, Version = rulebook.Version, Files = JsonSerializer.Serialize(rulebook.Files), RunId = run });
    }

    private static Task<UsedRulebook?> NewestAsync(StoreContext store, CancellationToken cancellationToken) =>
        store.Rulebooks.AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    private static Rulebook Kept(UsedRulebook used)
    {
        try
        {
            return RulebookFiles.MakeAgain(FilesOf(used));
        }
        catch (Exception broken) when (broken is JsonException or BrokenRulebookException)
        {
            throw new StoreDamagedException($"The files kept of rulebook {used.Hash} cannot be read: {broken.Message}");
        }
    }

    private static Dictionary<string, string> FilesOf(UsedRulebook used) => JsonSerializer.Deserialize<Dictionary<string, string>>(used.Files) ?? throw new JsonException("null");
}

/// <param name="Rulebook">The one that judges.</param>
/// <param name="Offered">The review folder's, where it is another and nobody adopted it.</param>
/// <param name="IsNew">Whether it is by its hash another than the one that judged last, and so is to be noted. The same files have another hash when a newer version of this program reads them.</param>
public sealed record RulebookInForce(Rulebook Rulebook, Rulebook? Offered, bool IsNew);
