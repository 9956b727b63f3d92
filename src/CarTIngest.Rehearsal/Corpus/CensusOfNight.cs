using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>
/// How a source's census differs from what the source holds: a recorded <c>DATE.census.json</c> beside the records of its source. It is in force from its
/// night until the next such file, which replaces it whole; <c>{}</c> ends it. All members may be absent:
/// <c>{"left":["pmid:…"],"notGiven":["pmid:…"],"announce":0.4}</c>.
/// </summary>
/// <param name="Left">Announced by no arm, and given when asked for by id.</param>
/// <param name="NotGiven">Announced, and not given when asked for by id.</param>
/// <param name="Announce">The share of what is left to announce that a census lists and counts, rounded down, from the head of its order. 0 to 1.</param>
internal sealed record CensusOfNight(IReadOnlySet<RecordId> Left, IReadOnlySet<RecordId> NotGiven, decimal Announce)
{
    public static CensusOfNight Plain { get; } = new(new HashSet<RecordId>(), new HashSet<RecordId>(), 1);

    /// <exception cref="RehearsalCorpusException">No JSON object, a member that is not known, an id that is none, or a share outside 0 to 1.</exception>
    public static CensusOfNight Read(string path, byte[] bytes)
    {
        try
        {
            var read = JsonSerializer.Deserialize(bytes, CensusFileContext.Default.CensusFile) ?? throw new RehearsalCorpusException(path, "is no JSON object");
            return read.Announce is < 0 or > 1
                ? throw new RehearsalCorpusException(path, "announces a share that is not between 0 and 1")
                : new CensusOfNight(IdsOf(path, read.Left), IdsOf(path, read.NotGiven), read.Announce);
        }
        catch (JsonException cause)
        {
            throw new RehearsalCorpusException(path, $"is no statement about a census ({cause.Message})", cause);
        }
    }

    /// <summary>What the arms list of records that stand in the order of the census.</summary>
    public IReadOnlyList<T> AnnouncedOf<T>(IReadOnlyList<T> inOrder, Func<T, RecordId> idOf)
    {
        var matched = Left.Count == 0 ? inOrder : [.. inOrder.Where(one => !Left.Contains(idOf(one)))];
        return Announce == 1 ? matched : [.. matched.Take((int)(matched.Count * Announce))];
    }

    private static HashSet<RecordId> IdsOf(string path, IReadOnlyList<string> texts) =>
        [.. texts.Select(text => RecordId.TryParse(text, out var id) ? id : throw new RehearsalCorpusException(path, $"names '{text}', which is no id of a record"))];
}
