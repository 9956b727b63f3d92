namespace CarTIngest.Host.Storage.Model;

/// <summary>Where a held record stands with its source.</summary>
public enum Standing
{
    /// <summary>Announced by the last complete census, or imported and not yet asked for.</summary>
    Current = 0,

    /// <summary>The source still gives it by id; no arm announces it.</summary>
    Left = 1,

    /// <summary>The source did not give it, so far in one state of its data.</summary>
    Missing = 2,

    /// <summary>The source did not give it in two states of its data: deleted or merged. Kept, and no longer counted as held.</summary>
    Gone = 3,
}

/// <summary>A record in its newest revision. Rows are never deleted.</summary>
public sealed class HeldRecord
{
    /// <summary>pmid:… or nct:…</summary>
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required Standing Standing { get; set; }

    /// <summary>Whether a census ever announced it; until then an imported record stands outside the sums.</summary>
    public required bool Announced { get; set; }

    /// <summary>Known to the team before the living review began: it was imported as such, and opens nothing in the queue.</summary>
    public required bool Baseline { get; init; }

    /// <summary>What the census said of it last, where a change shows by it.</summary>
    public required string Stamp { get; set; }

    public required string ContentHash { get; set; }

    /// <summary>The number of its newest revision, from 1.</summary>
    public required int Revision { get; set; }

    /// <summary>PubMed's version of the citation; 1 for registrations.</summary>
    public required int Version { get; set; }

    /// <summary>The record's line, as <c>parse</c> writes it.</summary>
    public required string Body { get; set; }

    public required DateOnly FirstSeen { get; init; }

    public required DateOnly LastSeen { get; set; }

    /// <summary>When its bytes were last fetched and read.</summary>
    public required DateTimeOffset LastRead { get; set; }

    /// <summary>The source's data version in which it was first not given.</summary>
    public string? MissingIn { get; set; }

    /// <summary>The night that found it gone.</summary>
    public DateOnly? GoneSince { get; set; }

    /// <summary>Under which id the source keeps it now.</summary>
    public string? MergedInto { get; set; }
}

/// <summary>A record as it was read once. Append-only.</summary>
public sealed class Revision
{
    public required string RecordId { get; init; }

    public required int Number { get; init; }

    public required string ContentHash { get; init; }

    public required string PayloadHash { get; init; }

    /// <summary>Of the record's first byte within the payload.</summary>
    public required long Offset { get; init; }

    /// <summary>Of the record's bytes.</summary>
    public required int Length { get; init; }

    public required string ReaderVersion { get; init; }

    public required string Body { get; init; }

    public required DateOnly Night { get; init; }

    /// <summary>Null when an import brought it.</summary>
    public long? RunId { get; init; }
}

/// <summary>One field that a revision changed. Derived from the two revisions and kept, so that a change is found by its night.</summary>
public sealed class Change
{
    public long Id { get; init; }

    public required string RecordId { get; init; }

    public required int Revision { get; init; }

    public required string Field { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public required DateOnly Night { get; init; }

    public long? RunId { get; init; }
}

/// <summary>A record that could not be read, with its bytes. Closed when the record is read after all.</summary>
public sealed class QuarantineEntry
{
    public long Id { get; init; }

    /// <summary>pubmed, clinicaltrials, or the file of an import.</summary>
    public required string Source { get; init; }

    public string? RecordId { get; init; }

    public required string Reason { get; init; }

    public required string PayloadHash { get; init; }

    public required long Offset { get; init; }

    public required int Length { get; init; }

    public required DateOnly Night { get; init; }

    public long? RunId { get; init; }

    public bool Open { get; set; } = true;
}
