using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>One way in which a record names another, or a trial's number. Reads one record alone, so that a record is read once, whatever else is held.</summary>
public interface ILinkClue
{
    string Name { get; }

    /// <summary>Never throws; nothing where the clue has nothing to read.</summary>
    IEnumerable<Mention> Read(SourceRecord record);
}

/// <summary>How a record stands to a key.</summary>
public enum MentionRole
{
    /// <summary>It speaks of what has this key.</summary>
    Names = 0,

    /// <summary>It is what has this key: a registration and its number in a second registry.</summary>
    Carries = 1,
}

/// <summary>A record's word on a key: <c>nct:NCT…</c>, <c>chictr:…</c>, <c>pmid:…</c>.</summary>
public sealed record Mention(string Key, MentionRole Role, LinkClue Clue);
