using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>The compiled product, as it lies beside the tests.</summary>
internal static class CompiledRooms
{
    /// <summary>The collection of all tests that read them: Cecil reads lazily, and is not to be read by several at once.</summary>
    public const string Readers = "compiled rooms";

    public static ModuleDefinition Science { get; } = Open("CarTIngest.Science.dll");

    public static ModuleDefinition Host { get; } = Open("cartingest.dll");

    public static ModuleDefinition Rehearsal { get; } = Open("CarTIngest.Rehearsal.dll");

    public static IReadOnlyList<ModuleDefinition> All { get; } = [Science, Host, Rehearsal];

    /// <summary>The tests themselves: the planted violations lie in here.</summary>
    public static ModuleDefinition Tests { get; } = Open("CarTIngest.Tests.dll");

    private static ModuleDefinition Open(string file)
    {
        // Cecil must open the frameworks too: an attribute's argument cannot be read without the size of its enum.
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location));
        return ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file), new ReaderParameters { AssemblyResolver = resolver });
    }
}
