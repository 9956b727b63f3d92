using System.CommandLine;
using System.Globalization;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Sources;

namespace CarTIngest.Host.Commands;

/// <summary><c>search --diff OLD NEW</c>: what a change of the strategies would bring and lose, asked of the sources, and its adoption by two people.</summary>
internal static class SearchDiff
{
    /// <summary>In the place of OLD: what the store was asked with last.</summary>
    private const string InForce = "in-force";

    private static readonly Option<string[]> Diff = new("--diff")
    {
        Description = "Two folders of strategies, or review folders: what both sources match by the one and not by the other. OLD may be in-force: what the store was asked with last.",
        HelpName = "OLD NEW",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    public static IReadOnlyList<Option> Options => [Diff, .. AdoptionByTwo.Options];

    public static bool IsAsked(ParseResult call) => call.GetValue(Diff) is { Length: 2 };

    public static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var (old, other) = (call.GetValue(Diff)![0], call.GetValue(Diff)![1]);
        foreach (var folder in new[] { old, other }.Where(folder => folder != InForce && !Directory.Exists(folder)))
        {
            throw new UsageException($"There is no folder {folder}.");
        }

        // Before anything is asked of the sources.
        var adopts = AdoptionByTwo.IsAsked(call);
        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        Composition.RequireAskable(provider);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var tried = new List<TriedStrategy>();
        var down = new List<SourceDownException>();
        foreach (var (source, before, after) in await ChangedAsync(provider, old, other, cancellationToken))
        {
            try
            {
                tried.Add(await provider.GetRequiredService<StrategyTrial>().TryAsync(source, before, after, cancellationToken));
            }
            catch (SourceDownException failed)
            {
                down.Add(failed);
                await Console.Error.WriteLineAsync($"{source.Name} gave no answer that can be trusted: {failed.Message} Only the source can tell what a strategy matches; ask again later.");
            }
        }

        SearchDiffAnswer.Write(tried, call.GetValue(CommonOptions.Json));
        var whole = down.Count == 0 && tried.TrueForAll(one => one.Why.Count == 0);
        if (adopts)
        {
            await AdoptAsync(call, provider, ReviewProtocol.Read(settings), tried, whole, cancellationToken);
        }

        return whole ? ExitCode.Done : tried.Count == 0 ? ExitCode.SourcesDown : ExitCode.Partial;
    }

    /// <summary>The sources of which the two differ.</summary>
    private static async Task<IReadOnlyList<(ISource Source, Strategy Old, Strategy Other)>> ChangedAsync(IServiceProvider provider, string old, string other, CancellationToken cancellationToken)
    {
        var changed = new List<(ISource, Strategy, Strategy)>();
        foreach (var source in provider.GetRequiredService<IReadOnlyList<AskedSource>>().Select(asked => asked.Source))
        {
            var before = await StrategyAsync(provider, old, source.Name, cancellationToken);
            var after = await StrategyAsync(provider, other, source.Name, cancellationToken);
            if (before.Hash != after.Hash)
            {
                changed.Add((source, before, after));
            }
        }

        return changed;
    }

    private static async Task<Strategy> StrategyAsync(IServiceProvider provider, string folder, string source, CancellationToken cancellationToken)
    {
        if (folder != InForce)
        {
            return new Strategy(source, ReviewSearches.LoadAny(folder, source));
        }

        await using var store = provider.GetRequiredService<StoreFactory>().Open();
        return await StrategyShelf.LastAsync(store, source, cancellationToken) ?? throw new UsageException($"{source} was never asked: no strategy is in force. The first night takes the review folder's.");
    }

    private static async Task AdoptAsync(ParseResult call, IServiceProvider provider, Protocol protocol, List<TriedStrategy> tried, bool whole, CancellationToken cancellationToken)
    {
        if (!whole)
        {
            throw new UsageException("Nothing is adopted: what would be gained and lost could not be told whole.");
        }

        if (tried.Count == 0)
        {
            throw new UsageException("Nothing is adopted: both strategies are the same.");
        }

        await using (var store = provider.GetRequiredService<StoreFactory>().Open())
        {
            foreach (var one in tried)
            {
                var inForce = await StrategyShelf.LastAsync(store, one.Source, cancellationToken);
                if (inForce?.Hash != one.Old.Hash)
                {
                    throw new UsageException($"Nothing is adopted: OLD is not what {one.Source} was asked with last{(inForce is null ? ", for it was never asked" : $" ({inForce.Hash})")}. Give in-force in its place.");
                }
            }
        }

        await AdoptionByTwo.WriteAsync(call, provider, protocol, [.. tried.Select(one => new AdoptedChange($"strategy:{one.Source}", one.Old.Hash, one.Other.Hash, one.Gained.Count, one.Lost.Count))], cancellationToken);
    }
}
