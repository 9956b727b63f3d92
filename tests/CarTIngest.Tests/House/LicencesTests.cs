using System.Text.Json;

namespace CarTIngest.Tests.House;

/// <summary>NOTICE names every package that the product is built with and its licence, and nothing else.</summary>
public sealed class LicencesTests
{
    /// <summary>What the product may be given on together with. A new one is a decision, not a line.</summary>
    private static readonly string[] Accepted =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "LGPL-3.0-only", "LGPL-3.0-or-later or commercial"];

    private static readonly IReadOnlyList<string[]> Rows =
        [.. File.ReadLines(Path.Combine(Shared.RepositoryRoot, "NOTICE")).Select(line => line.Split(" | ")).Where(cells => cells.Length > 1).Skip(1)];

    [Fact]
    public void Every_package_has_its_line_and_every_line_its_package()
    {
        var used = LockFiles().SelectMany(PackagesIn).Distinct().ToList();
        Assert.True(used.Count > 10, "the lock files were not found");
        Faults.None(used.Except(Rows.Select(row => row[0]))
            .Select(package => $"{package} is not in NOTICE: add \"{package} | licence | project page\"; its .nuspec in the package cache names both"));
        Faults.None(Rows.Select(row => row[0]).Except(used).Select(package => $"{package} is in NOTICE and not used any more"));
    }

    [Fact]
    public void Every_line_has_a_licence_that_is_accepted_and_a_page()
    {
        Faults.None(Rows.Where(row => row.Length != 3 || !Accepted.Contains(row[1])).Select(row => $"{string.Join(" | ", row)}: the licence is not among {string.Join(", ", Accepted)}"));
        Faults.None(Rows.Where(row => !row[^1].StartsWith("https://", StringComparison.Ordinal)).Select(row => $"{row[0]} has no project page"));
    }

    [Fact]
    public void The_lines_stand_in_order_and_once()
    {
        var names = Rows.Select(row => row[0]).ToList();
        Assert.Equal(names.Distinct().OrderBy(name => name, StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public void The_product_has_the_licence_that_it_says()
    {
        Assert.Contains("Apache License", File.ReadAllText(Path.Combine(Shared.RepositoryRoot, "LICENSE")), StringComparison.Ordinal);
        Assert.Contains("<PackageLicenseExpression>Apache-2.0<", File.ReadAllText(Path.Combine(Shared.RepositoryRoot, "Directory.Build.props")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> LockFiles() =>
        Directory.EnumerateDirectories(Path.Combine(Shared.RepositoryRoot, "src")).Select(project => Path.Combine(project, "packages.lock.json")).Where(File.Exists);

    private static IEnumerable<string> PackagesIn(string lockFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(lockFile));
        foreach (var framework in document.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (var package in framework.Value.EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() != "Project"))
            {
                yield return package.Name;
            }
        }
    }
}
