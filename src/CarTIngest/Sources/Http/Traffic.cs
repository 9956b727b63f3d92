namespace CarTIngest.Sources.Http;

/// <summary>What went over the wire to one source since the start. Safe from several threads.</summary>
public sealed class Traffic
{
    private long requests;
    private long bytesReceived;

    public long Requests => Interlocked.Read(ref requests);

    public long BytesReceived => Interlocked.Read(ref bytesReceived);

    internal void Sent() => Interlocked.Increment(ref requests);

    internal void Received(long bytes) => Interlocked.Add(ref bytesReceived, bytes);
}
