using CarTIngest.Eligibility;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Sources;

namespace CarTIngest.Host.Commands;

/// <summary>Whether the review folder holds a strategy or a rulebook that two people have not adopted, so that nights go on by the one before.</summary>
internal static class AdoptionCheck
{
    private const string Name = "adoption";

    public static async Task<Check> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = services.GetRequiredService<StoreFactory>().Open();
            var state = await DecisionBook.StateAsync(store, services.GetRequiredService<Protocol>(), cancellationToken);
            var waiting = new List<string>();
            foreach (var source in services.GetRequiredService<IReadOnlyList<AskedSource>>().Select(asked => asked.Source))
            {
                var inForce = await StrategyShelf.InForceAsync(store, new Strategy(source.Name, source.Arms), state, cancellationToken);
                if (inForce.Offered is { } offered)
                {
                    waiting.Add($"The strategy for {source.Name} in the review folder is not adopted; the one before goes on. They differ in {string.Join(", ", offered.ChangedFrom(inForce.Strategy))}.");
                }
            }

            if ((await RulebookShelf.InForceAsync(store, services.GetRequiredService<Rulebook>(), state, cancellationToken)).Offered is { } rulebook)
            {
                waiting.Add($"The rulebook in the review folder, version {rulebook.Version}, is not adopted; the one before goes on judging.");
            }

            return waiting.Count == 0
                ? Check.Well(Name, "Strategies and rulebook are those in force.")
                : Check.Look(Name, string.Join(" ", waiting), "See what it would change with `cartingest search --diff in-force FOLDER` or `judge --against FOLDER`, and adopt it there by two; or put the review folder back.");
        }
        catch (Exception broken) when (broken is BrokenRulebookException or ReviewFileException or StoreDamagedException)
        {
            return Check.Look(Name, broken.Message, "Mend the file that is named; of a damaged store restore the last backup.");
        }
    }
}
