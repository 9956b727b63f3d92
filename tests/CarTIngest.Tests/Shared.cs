namespace CarTIngest.Tests;

/// <summary>The real records that tests may read: <c>CARTINGEST_SHARED</c>, or <c>../shared</c> beside the repository. Absent, a test skips and says so; under <c>CARTINGEST_STRICT=1</c> it fails.</summary>
internal static class Shared
{
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The absolute path of a file or folder of the shared data, for example <c>pubmed/aml</c>.</summary>
    public static string Data(string relative)
    {
        var shared = Environment.GetEnvironmentVariable("CARTINGEST_SHARED") ?? Path.Combine(RepositoryRoot, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(shared, "data", relative));
        Require(Path.Exists(path), $"the shared data has no {relative} (set CARTINGEST_SHARED, or lay the folder beside the repository)");
        return path;
    }

    /// <summary>Skips with a reason, or fails where nothing may be skipped.</summary>
    public static void Require(bool present, string otherwise)
    {
        if (!present && Environment.GetEnvironmentVariable("CARTINGEST_STRICT") == "1")
        {
            Assert.Fail($"CARTINGEST_STRICT=1 and {otherwise}");
        }

        Skip.IfNot(present, otherwise);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CarTIngest.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository: no CarTIngest.sln above them.");
    }
}
