using System.Collections.Concurrent;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>One registration as a recorded file gives it, with what it is looked up and sorted by.</summary>
internal sealed class RecordedStudy(NctId id, ReadOnlyMemory<byte> json, StudyKeys keys)
{
    public NctId Id => id;

    /// <summary>The study as recorded, verbatim; where another registration was merged into it, with that alias added.</summary>
    public ReadOnlyMemory<byte> Json => json;

    public StudyKeys Keys => keys;

    /// <summary>Its projections by the fields asked for: a census asks for the same few of every study each night.</summary>
    public ConcurrentDictionary<string, byte[]> Projections { get; } = new(StringComparer.Ordinal);
}

/// <summary>Aliases are the registrations merged into this one. Sortable values are absent when the record has none.</summary>
internal sealed record StudyKeys(IReadOnlyList<NctId> Aliases, DateOnly? LastUpdatePosted, DateOnly? FirstPosted, DateOnly? Started, long? Enrollment);
