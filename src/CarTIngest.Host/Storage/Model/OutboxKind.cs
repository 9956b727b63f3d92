namespace CarTIngest.Host.Storage.Model;

/// <summary>What a message is, as its row and the mail's List-Id name it.</summary>
public static class OutboxKind
{
    /// <summary>What some nights brought.</summary>
    public const string Digest = "digest";

    /// <summary>What cannot wait for a digest.</summary>
    public const string Alert = "alert";

    /// <summary>A sign of life after a silence.</summary>
    public const string Alive = "alive";

    /// <summary>An alarm of the service, to operators: their duty, which unsubscribing does not end.</summary>
    public const string Operator = "operator";
}
