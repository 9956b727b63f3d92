using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Storage.Model;

/// <summary>Raw bytes as they came, compressed, under the hash of what was compressed. Written before anything reads them; never changed.</summary>
public sealed class Payload
{
    /// <summary>SHA-256 of the uncompressed bytes, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Uncompressed length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>gzip.</summary>
    public required byte[] Compressed { get; init; }
}

/// <summary>
/// One answer of a source within a run: what was asked, without secrets, and which bytes came. The first row of a source is no answer: under
/// <see cref="Held"/> it keeps what was held when the night began. In the order of their numbers the rows are all that is needed to play the night again.
/// </summary>
public sealed class StoredAnswer
{
    /// <summary>The endpoint of the row that keeps what a source's night began with.</summary>
    public const string Held = "held";

    public long Id { get; init; }

    public required long RunId { get; init; }

    public required string Source { get; init; }

    public required string Endpoint { get; init; }

    public required string Asked { get; init; }

    public required int Status { get; init; }

    public required string PayloadHash { get; init; }

    /// <summary>Where a redirect pointed.</summary>
    public string? Location { get; init; }

    /// <summary>What it was taken for when it was refused to the last try; null for an accepted one.</summary>
    public AnswerClass? Refusal { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
