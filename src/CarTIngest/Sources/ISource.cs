using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources;

/// <summary>One service that the review searches. Its folder holds all that is known of it; nothing outside knows more than this.</summary>
public interface ISource
{
    /// <summary>As written in answers and in the store: <c>pubmed</c>, <c>clinicaltrials</c>.</summary>
    string Name { get; }

    /// <summary>Names the reader of this source's records; changes whenever it reads something otherwise.</summary>
    string ReaderVersion { get; }

    /// <summary>The strategies that it asks.</summary>
    IReadOnlyList<SearchArm> Arms { get; }

    /// <summary>The arms of <see cref="BuiltArms"/> by which the source finds reports of what people follow; none where it cannot, or where there is nothing to follow.</summary>
    IReadOnlyList<SearchArm> ArmsFor(KnownStudies known);

    /// <summary>The same source, asking other strategies.</summary>
    ISource Searching(IReadOnlyList<SearchArm> arms);

    /// <summary>How long a held record may go unread before it is read again, though nothing says that it changed.</summary>
    RereadPolicy Reread { get; }

    /// <summary>Asks only for the source's own word for the state of its data: the smallest sign that it answers.</summary>
    /// <exception cref="SourceDownException">It does not answer so that its answer can be trusted.</exception>
    Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken);

    /// <summary>
    /// Asks what every arm matches now, whole, and proves it. An arm that could not be proven is in the answer with its reason;
    /// a source that does not answer at all throws <see cref="SourceDownException"/>.
    /// </summary>
    /// <param name="window">Null: ids alone, nobody asks what changed.</param>
    Task<SourceCensus> TakeCensusAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken);

    /// <summary>
    /// Fetches records by id. Every id asked comes back at least once: given, not readable, or not given. What a bulk request leaves out is asked again singly.
    /// Raw bytes are in the archive before a record is read.
    /// </summary>
    IAsyncEnumerable<FetchedRecord> FetchAsync(IReadOnlyList<RecordId> ids, IRawArchive archive, DriftTally drift, CancellationToken cancellationToken);
}

/// <summary>Where raw answers go before anything reads them. A door: the store has the real one, tests keep a list.</summary>
public interface IRawArchive
{
    /// <summary>Keeps the bytes under their hash; keeping the same bytes twice is once.</summary>
    /// <param name="answer">What was asked (never a secret) and what came.</param>
    Task<ContentHash> KeepAsync(RawAnswer answer, CancellationToken cancellationToken);
}

/// <param name="Source">The source's name.</param>
/// <param name="Endpoint">esearch, efetch, einfo, studies, study, version.</param>
/// <param name="Asked">Method, path and parameters, secrets left out.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The decompressed body, whole; empty for an answer that was refused, which may repeat a key.</param>
public sealed record RawAnswer(string Source, string Endpoint, string Asked, int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Where a redirect pointed.</summary>
    public string? Location { get; init; }

    /// <summary>Why it was refused to the last try; null for one that was accepted.</summary>
    public AnswerVerdict? Refusal { get; init; }
}

/// <summary>Which held records may have changed: those the source dates between these days, both included.</summary>
public sealed record CensusWindow(DateOnly ChangedFrom, DateOnly ChangedTo);

/// <param name="WithinDays">Each held record is read again within so many days.</param>
/// <param name="AllAtOnce">True: the whole scope at once, when so many days have gone by. False: a rolling share every night.</param>
public sealed record RereadPolicy(int WithinDays, bool AllAtOnce);
