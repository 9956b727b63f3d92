using System.Text.RegularExpressions;

namespace CarTIngest.Tests.House;

/// <summary>The rules that are seen in the text alone. Each takes one file and says what is wrong with it, so that each can be shown a file that is wrong.</summary>
internal static partial class HouseStyle
{
    public const int LongestFile = 300;

    /// <summary>Where everything may be caught: the one border of a night, and the process's own.</summary>
    private static readonly string[] MayCatchAll = ["src/CarTIngest.Host/Nightly/NightlyRun.cs", "src/CarTIngest.Host/Program.cs"];

    /// <summary>Words of the field that only look like empty ones: einfo is a page of NCBI's E-utilities.</summary>
    private static readonly string[] WordsOfTheField = ["EInfo"];

    /// <summary>Every rule by its name, in the words of a failure.</summary>
    public static readonly IReadOnlyDictionary<string, Func<SourceFile, IEnumerable<string>>> Rules = new Dictionary<string, Func<SourceFile, IEnumerable<string>>>
    {
        ["a file is short"] = TooLong,
        ["a name says something"] = EmptyName,
        ["the folder is the namespace"] = NamespaceElsewhere,
        ["nothing catches everything"] = file => Lines(file, InSource, CatchAll(), "catches everything").Where(_ => !MayCatchAll.Contains(file.Path)),
        ["no test is skipped by hand"] = file => Lines(file, InTests, SkippedByHand(), "is skipped by hand"),
        ["nothing is left unfinished"] = file => Lines(file, InSource, Unfinished(), "is unfinished"),
        ["no place of one machine"] = file => Lines(file, NotLocked, MachinePath(), "names a place of one machine"),
        ["no package registry"] = file => Lines(file, NotLocked, RegistryHost(), "names a package registry"),
        ["a public type of science is explained"] = Unexplained,
        ["a file ends with one line end"] = EndsBadly,
    };

    private static bool InSource(SourceFile file) => file.IsUnder("src") && Path.GetExtension(file.Path) is ".cs" or ".razor";

    private static bool InTests(SourceFile file) => file.IsUnder("tests") && file.IsCode;

    /// <summary>Lock files are written by the restore alone, hashes and all.</summary>
    private static bool NotLocked(SourceFile file) => !file.Path.EndsWith("packages.lock.json", StringComparison.Ordinal);

    private static bool IsMigration(SourceFile file) => file.Path.Contains("/Migrations/", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(SourceFile file, Func<SourceFile, bool> where, Regex what, string says) =>
        where(file)
            ? file.Lines.Select((line, index) => (line, index)).Where(at => what.IsMatch(at.line)).Select(at => $"{file.Path}:{at.index + 1} {says}: {at.line.Trim()}")
            : [];

    private static IEnumerable<string> TooLong(SourceFile file)
    {
        if (InSource(file) && !IsMigration(file) && file.Lines.Length - 1 > LongestFile)
        {
            yield return $"{file.Path} has {file.Lines.Length - 1} lines, more than {LongestFile}: it holds more than one idea";
        }
    }

    private static IEnumerable<string> EmptyName(SourceFile file)
    {
        if (InSource(file) && !IsMigration(file) && !WordsOfTheField.Contains(file.Stem) && EmptyWord().Match(file.Stem) is { Success: true } word)
        {
            yield return $"{file.Path}: {word.Value} says nothing; use the field's word";
        }
    }

    private static IEnumerable<string> NamespaceElsewhere(SourceFile file)
    {
        if (!file.IsUnder("src") || !file.IsCode || file.Stem == "Program")
        {
            yield break;
        }

        var expected = string.Join('.', file.Path.Split('/')[1..^1]);
        var found = NamespaceLine().Match(file.Text) is { Success: true } line ? line.Groups["name"].Value : "none";
        if (found != expected)
        {
            yield return $"{file.Path} has the namespace {found}, and its folder says {expected}";
        }
    }

    private static IEnumerable<string> Unexplained(SourceFile file)
    {
        if (!file.IsUnder("src/CarTIngest") || !file.IsCode)
        {
            yield break;
        }

        for (var at = 0; at < file.Lines.Length; at++)
        {
            if (PublicType().IsMatch(file.Lines[at]) && !ExplainedAbove(file.Lines, at))
            {
                yield return $"{file.Path}:{at + 1} has no doc comment: {file.Lines[at].Trim()}";
            }
        }
    }

    private static bool ExplainedAbove(string[] lines, int at)
    {
        var above = at - 1;
        while (above >= 0 && (lines[above].TrimStart().StartsWith('[') || lines[above].TrimStart().StartsWith('#')))
        {
            above--;
        }

        return above >= 0 && lines[above].TrimStart().StartsWith("///", StringComparison.Ordinal);
    }

    private static IEnumerable<string> EndsBadly(SourceFile file)
    {
        if (NotLocked(file) && file.Text.Length > 0 && (!file.Text.EndsWith('\n') || file.Text.EndsWith("\n\n", StringComparison.Ordinal)))
        {
            yield return $"{file.Path} does not end with one line end";
        }
    }

    // A filter that names types (`when (e is A or B)`) is no catch-all; one that leaves types out (`is not`) is.
    [GeneratedRegex(@"(^|\})\s*catch\s*$|\bcatch\s*(\{|when\b|\(\s*(global::)?(System\.)?Exception\b(?!\s+(?<name>\w+)\s*\)\s*when\s*\(\k<name>\s+is\s+(?!not\b|\{|var\b|Exception\b)))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CatchAll();

    // These patterns are written so that they do not find themselves.
    [GeneratedRegex(@"\bS[k]ip\s*=\s*(""|\$|@|nameof)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SkippedByHand();

    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|H[A]CK|X[X]X)\b|NotImplemented[E]xception", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.])/(wo[r]k|fa[r]m|ro[o]t|ho[m]e/\w+|Us[e]rs)/|\b[A-Z]:\\\\?Us[e]rs", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(nuge[t]\.org|npmj[s]\.(org|com)|debia[n]\.org|pyp[i]\.org|pythonh[o]sted\.org)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(Helper|Manager|Util|Service|Base|Impl|Info|Dto|DTO)s?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^\s*public\s+(?:(?:static|sealed|abstract|readonly|partial|ref|unsafe|new)\s+)*(?:class|record|struct|interface|enum|delegate)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PublicType();
}
