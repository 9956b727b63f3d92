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

/// <summary>One answer of a source within a run: what was asked, without secrets, and which bytes came.</summary>
public sealed class StoredAnswer
{
    public long Id { get; init; }

    public required long RunId { get; init; }

    public required string Source { get; init; }

    public required string Endpoint { get; init; }

    public required string Asked { get; init; }

    public required int Status { get; init; }

    public required string PayloadHash { get; init; }

    public required DateTimeOffset At { get; init; }
}
