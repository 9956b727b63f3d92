using System.Collections.Frozen;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>Folds registry nights into what is in force.</summary>
internal sealed class StudiesOverTime
{
    private readonly Dictionary<NctId, RecordedStudy> held = [];
    private readonly Dictionary<NctId, NctId> merged = [];

    /// <summary>A full night names everything that exists: what it does not name is gone.</summary>
    public void ApplyFull(IEnumerable<RegistryChange> changes)
    {
        held.Clear();
        ApplyChanges(changes);
    }

    public void ApplyChanges(IEnumerable<RegistryChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case RegistryChange.Upsert upsert:
                    // A number that is registered anew is no alias any longer.
                    merged.Remove(upsert.Study.Id);
                    held[upsert.Study.Id] = merged.Where(pair => pair.Value == upsert.Study.Id).Aggregate(upsert.Study, (study, pair) => StudyReader.WithAlias(study, pair.Key));
                    break;
                case RegistryChange.Gone gone:
                    held.Remove(gone.Id);
                    break;
                case RegistryChange.Merged merge:
                    held.Remove(merge.Alias);
                    merged[merge.Alias] = merge.Canonical;
                    if (held.TryGetValue(merge.Canonical, out var canonical))
                    {
                        held[merge.Canonical] = StudyReader.WithAlias(canonical, merge.Alias);
                    }

                    break;
            }
        }
    }

    public StudiesInForce InForce(CensusOfNight census)
    {
        var aliases = new Dictionary<NctId, NctId>(merged);
        foreach (var study in held.Values)
        {
            foreach (var alias in study.Keys.Aliases)
            {
                aliases.TryAdd(alias, study.Id);
            }
        }

        return new StudiesInForce([.. held.Values.OrderBy(study => study.Id)], aliases.ToFrozenDictionary(), census);
    }
}
