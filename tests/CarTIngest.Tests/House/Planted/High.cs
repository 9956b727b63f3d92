#pragma warning disable CA1040, CA1052, CA1003, CA1019, CA1813 // Planted: only its names matter.
namespace CarTIngest.Tests.House.Planted.High;

/// <summary>What the low room must not know.</summary>
internal class Secret
{
    public const int Constant = 1;

    public static Secret Instance { get; } = new();

    public static readonly int Number = 2;

    public static string Ask() => "answer";

    public static string AskWith(Secret? secret) => secret is null ? "answer" : "other";
}

internal interface ISecret;

internal sealed class SecretException : Exception;

[AttributeUsage(AttributeTargets.All)]
internal sealed class SecretAttribute : Attribute;

internal enum SecretKind
{
    None,
    Some,
}
