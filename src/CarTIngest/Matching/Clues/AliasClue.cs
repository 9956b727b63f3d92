using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>A number under which the registry itself held this registration before: obsolete, or given twice.</summary>
internal sealed class AliasClue : ILinkClue
{
    public string Name => ClueNames.Alias;

    public IEnumerable<Mention> Read(SourceRecord record)
    {
        if (record is not Trial trial)
        {
            yield break;
        }

        foreach (var (at, alias) in trial.Aliases.Index())
        {
            foreach (var found in RegistryNumber.In(alias))
            {
                yield return new(found.Number.Text, MentionRole.Carries, new(
                    Name, ClueStrength.Certain, $"The registry held {trial.NctId} as {alias} before.", trial.Id,
                    [ReadWords.Slice($"aliases[{at}]", alias, found.Offset, found.Length)], found.Number.Text, trial.FirstPosted));
            }
        }
    }
}
