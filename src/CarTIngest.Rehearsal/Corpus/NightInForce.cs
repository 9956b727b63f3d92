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
internal sealed class PublicationsInForce(IReadOnlyList<RecordedPublication> newestFirst, CensusOfNight census)
{
    private readonly FrozenDictionary<Pmid, RecordedPublication> byPmid = newestFirst.ToFrozenDictionary(publication => publication.Pmid);

    /// <summary>All that exist.</summary>
    public IReadOnlyList<RecordedPublication> NewestFirst => newestFirst;

    /// <summary>What a topical term finds: all that exist, unless the recorded night says otherwise.</summary>
    public IReadOnlyList<RecordedPublication> Announced { get; } = census.AnnouncedOf(newestFirst, publication => RecordId.Of(publication.Pmid));

    public RecordedPublication? Find(Pmid pmid) => byPmid.GetValueOrDefault(pmid);

    /// <summary>What efetch gives for it: null also where the recorded night says that it is announced only.</summary>
    public RecordedPublication? Give(Pmid pmid) => census.NotGiven.Contains(RecordId.Of(pmid)) ? null : Find(pmid);
}

/// <summary>The registrations of a night in the order of their numbers, and the aliases that lead to them.</summary>
internal sealed class StudiesInForce(IReadOnlyList<RecordedStudy> inOrder, FrozenDictionary<NctId, NctId> canonicalByAlias, CensusOfNight census)
{
    private readonly FrozenDictionary<NctId, RecordedStudy> byId =
        inOrder.Where(study => !census.NotGiven.Contains(RecordId.Of(study.Id))).ToFrozenDictionary(study => study.Id);

    /// <summary>All that exist.</summary>
    public IReadOnlyList<RecordedStudy> InOrder => inOrder;

    /// <summary>What a search finds: all that exist, unless the recorded night says otherwise.</summary>
    public IReadOnlyList<RecordedStudy> Announced { get; } = census.AnnouncedOf(inOrder, study => RecordId.Of(study.Id));

    /// <summary>The study under its own number; null for an alias, for what is not in force, and for what is announced only.</summary>
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
