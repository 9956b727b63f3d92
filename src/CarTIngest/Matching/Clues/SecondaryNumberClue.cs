using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>
/// The trial's number in another registry, which the registration gives as its own. An NCT number there is as often the parent study's, so it suggests only.
/// Grants, and the sponsor's own protocol numbers, are no registry's: several trials may share one, and they are not read.
/// </summary>
internal sealed class SecondaryNumberClue : ILinkClue
{
    public string Name => ClueNames.SecondaryNumber;

    public IEnumerable<Mention> Read(SourceRecord record)
    {
        if (record is not Trial trial)
        {
            yield break;
        }

        foreach (var (at, secondary) in trial.SecondaryIds.Index())
        {
            foreach (var found in RegistryNumber.In(secondary.Id))
            {
                var parent = found.Number.Registry == "nct";
                yield return new(found.Number.Text, parent ? MentionRole.Names : MentionRole.Carries, new(
                    Name,
                    parent ? ClueStrength.Suggestive : ClueStrength.Strong,
                    parent ? $"{trial.NctId} gives {found.Number} among its other numbers: the same trial, or its parent." : $"{trial.NctId} gives {found.Number} as its number in another registry.",
                    trial.Id, [ReadWords.Slice($"secondaryIds[{at}].id", secondary.Id, found.Offset, found.Length)], found.Number.Text, trial.FirstPosted));
            }
        }
    }
}
