using System.Collections.Frozen;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>What both sources hold on one night. Immutable, so that a request sees one night from its start to its end.</summary>
internal sealed class NightInForce
{
    public NightInForce(DateOnly night, PublicationsInForce publications, StudiesInForce studies)
    {
        Night = night;
        Publications = publications;
        Studies = studies;
    }

    public DateOnly Night { get; }

    public PublicationsInForce Publications { get; }

    public StudiesInForce Studies { get; }
}

/// <summary>The citations of a night, highest PMID first, as a search gives them.</summary>
internal sealed class PublicationsInForce(IReadOnlyList<RecordedPublication> newestFirst)
{
    private readonly FrozenDictionary<Pmid, RecordedPublication> byPmid = newestFirst.ToFrozenDictionary(publication => publication.Pmid);

    public IReadOnlyList<RecordedPublication> NewestFirst => newestFirst;

    public RecordedPublication? Find(Pmid pmid) => byPmid.GetValueOrDefault(pmid);
}

/// <summary>The registrations of a night in the order of their numbers, and the aliases that lead to them.</summary>
internal sealed class StudiesInForce(IReadOnlyList<RecordedStudy> inOrder, FrozenDictionary<NctId, NctId> canonicalByAlias)
{
    private readonly FrozenDictionary<NctId, RecordedStudy> byId = inOrder.ToFrozenDictionary(study => study.Id);

    public IReadOnlyList<RecordedStudy> InOrder => inOrder;

    /// <summary>The study under its own number; null for an alias and for what is not in force.</summary>
    public RecordedStudy? Find(NctId id) => byId.GetValueOrDefault(id);

    /// <summary>The study that a merged registration became; null when the number is no alias or its study is gone.</summary>
    public RecordedStudy? FindByAlias(NctId alias)
    {
        // A merged study may itself have been merged; a ring of aliases leads nowhere.
        for (var steps = 0; steps <= canonicalByAlias.Count && canonicalByAlias.TryGetValue(alias, out var canonical); steps++)
        {
            if (Find(canonical) is { } study)
            {
                return study;
            }

            alias = canonical;
        }

        return null;
    }
}
