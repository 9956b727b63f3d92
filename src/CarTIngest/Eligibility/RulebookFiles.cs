using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CarTIngest.Eligibility.Terms;

namespace CarTIngest.Eligibility;

/// <summary>Makes a rulebook of a review's <c>rulebook.json</c> and the files of its lexicon. Any fault in any of them is a fault of the whole.</summary>
public static class RulebookFiles
{
    /// <summary>Changes whenever the code of the rules changes what they say of the same words.</summary>
    private const int Code = 4;

    /// <summary>Versions of the code that may come yet and are told from a hash.</summary>
    private const int LaterOnes = 100;

    /// <summary>The rulebook's own file among <paramref name="files"/>; the others are of the lexicon.</summary>
    public const string BookFile = "rulebook.json";

    /// <param name="files">Names and contents, line ends as LF; the order does not matter.</param>
    /// <exception cref="BrokenRulebookException">A file is absent or broken; the message names the line.</exception>
    public static Rulebook Make(IReadOnlyDictionary<string, string> files)
    {
        var read = Read(files);
        CheckRules(read.Book, read.Lexicon);
        CheckConcepts(read.Lexicon);
        return new Rulebook(read.Hash, files, read.Book, read.Lexicon);
    }

    /// <summary>The same of files that judged before, maybe under an earlier version: what rules of today look for and these files do not have yet is no fault of theirs.</summary>
    /// <exception cref="BrokenRulebookException">They cannot be read any more.</exception>
    public static Rulebook MakeAgain(IReadOnlyDictionary<string, string> files)
    {
        var read = Read(files);
        return new Rulebook(read.Hash, files, read.Book, read.Lexicon);
    }

    /// <summary>Whether the same files have that hash when a later version of this code reads them.</summary>
    public static bool IsOfLaterCode(IReadOnlyDictionary<string, string> files, string hash)
    {
        ArgumentNullException.ThrowIfNull(files);
        var contents = InOrder(files);
        return Enumerable.Range(Code + 1, LaterOnes).Any(code => HashOf(contents, code) == hash);
    }

    private static (string Hash, RulebookFile Book, Lexicon Lexicon) Read(IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var book = files.TryGetValue(BookFile, out var content) ? content : throw new BrokenRulebookException(BookFile, 0, "is not there. Copy it from the bundled review.");
        var contents = InOrder(files);
        var rulebook = RulebookFile.Read(BookFile, book);
        var lexicon = new Lexicon(Unique(contents.Where(file => file.Name != BookFile)));
        return (HashOf(contents, Code), rulebook, lexicon);
    }

    /// <summary>A term that stands in two places would be changed in one of them.</summary>
    private static List<Term> Unique(IEnumerable<(string Name, string Content)> files)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var terms = new List<Term>();
        foreach (var (file, content) in files)
        {
            foreach (var (term, line) in LexiconFile.Read(file, content))
            {
                var key = $"{term.Concept} {string.Join(' ', term.Keys)} {string.Join(' ', term.Cased)} {term.Ending}";
                if (!seen.TryAdd(key, $"{file}, line {line}"))
                {
                    throw new BrokenRulebookException(file, line, $"'{term.Written}' stands already in {seen[key]}. Take one away.");
                }

                terms.Add(term);
            }
        }

        return terms;
    }

    private static void CheckRules(RulebookFile rulebook, Lexicon lexicon)
    {
        var known = Rulebook.RulesInOrder(lexicon).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        if (rulebook.Off.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new BrokenRulebookException(BookFile, 0, $"switches off a rule that does not exist, '{unknown}'. Rules are: {string.Join(", ", known)}.");
        }
    }

    private static void CheckConcepts(Lexicon lexicon)
    {
        var empty = Enum.GetValues<Concept>().Except(lexicon.Terms.Select(term => term.Concept)).ToList();
        if (empty.Count > 0)
        {
            throw new BrokenRulebookException("lexicon", 0, $"has no word under {string.Join(", ", empty.Select(LexiconFile.HeadingOf))}: without it rules would be blind and not say so.");
        }
    }

    private static List<(string Name, string Content)> InOrder(IReadOnlyDictionary<string, string> files) =>
        [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, file.Value))];

    private static string HashOf(IEnumerable<(string Name, string Content)> files, int code)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in files.SelectMany(file => new[] { file.Name, file.Content }).Append(string.Create(CultureInfo.InvariantCulture, $"rules {code}")))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
