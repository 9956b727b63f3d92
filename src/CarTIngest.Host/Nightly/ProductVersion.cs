using System.Reflection;

namespace CarTIngest.Host.Nightly;

/// <summary>The version that a run writes into its ledger.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
