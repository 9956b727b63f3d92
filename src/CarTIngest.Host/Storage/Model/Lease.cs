namespace CarTIngest.Host.Storage.Model;

/// <summary>Who may write on behalf of a name, one holder at a time. The token grows with every taking, so that a holder who lost it is told apart.</summary>
public sealed class Lease
{
    /// <summary>What may be written under it: <c>night</c>, the records.</summary>
    public required string Name { get; init; }

    public required string Holder { get; set; }

    public required long Token { get; set; }

    /// <summary>Until then nobody else may take it, unless its holder is known to be dead.</summary>
    public required DateTimeOffset Until { get; set; }
}
