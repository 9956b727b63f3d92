namespace CarTIngest.Rehearsal.Registry;

/// <summary>A request that the registry refuses, with the words it would use.</summary>
internal sealed class RefusedRequestException(int status, string text) : Exception(text)
{
    public RefusedRequestException(string text)
        : this(400, text)
    {
    }

    public int Status => status;
}
