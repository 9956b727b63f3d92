using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>What became of one id that was asked for.</summary>
public abstract record FetchedRecord;

/// <summary>The source gave it, and it was read or not (a reading without a tellable id is possible: then the id asked for comes back as not given too).</summary>
/// <param name="Payload">The raw answer that holds it.</param>
public sealed record GivenRecord(Reading Reading, ContentHash Payload) : FetchedRecord;

/// <summary>The source was asked for it by itself and did not give it.</summary>
/// <param name="Why">One sentence.</param>
/// <param name="MergedInto">The record under which the source keeps it now.</param>
public sealed record NotGivenRecord(RecordId Asked, string Why, RecordId? MergedInto) : FetchedRecord;
