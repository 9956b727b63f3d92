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
                    waiting.Add(WaitingWords.Of(inForce.Strategy, offered).Says);
                }
            }

            var book = await RulebookShelf.InForceAsync(store, services.GetRequiredService<Rulebook>(), state, cancellationToken);
            if (book.Offered is { } rulebook)
            {
                waiting.Add(WaitingWords.Of(book.Rulebook, rulebook).Says);
            }

            return waiting.Count == 0
                ? Check.Well(Name, "Strategies and rulebook are those in force.")
                : Check.Look(Name, string.Join(" ", waiting), "Adopt it by two, or put the review folder back.");
        }
        catch (Exception broken) when (broken is BrokenRulebookException or ReviewFileException or StoreDamagedException)
        {
            return Check.Look(Name, broken.Message, "Mend the file that is named; of a damaged store restore the last backup.");
        }
    }
}
