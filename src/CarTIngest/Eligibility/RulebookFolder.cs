using System.Security.Cryptography;
using System.Text;
using CarTIngest.Eligibility.Terms;

namespace CarTIngest.Eligibility;

/// <summary>Makes a rulebook of a review folder's <c>rulebook.json</c> and <c>lexicon/*.txt</c>. Any fault in any of them is a fault of the whole.</summary>
public static class RulebookFolder
{
    /// <summary>Changes whenever the code of the rules changes what they say of the same words.</summary>
    private const string Code = "rules 1";

    private const string BookFile = "rulebook.json";
    private const string LexiconFolder = "lexicon";

    /// <exception cref="BrokenRulebookException">A file is absent or broken; the message names the line.</exception>
    public static Rulebook Read(string folder)
    {
        var book = Path.Combine(folder, BookFile);
        var words = Path.Combine(folder, LexiconFolder);
        var files = Directory.Exists(words) ? Directory.GetFiles(words, "*.txt").Order(StringComparer.Ordinal).ToList() : [];
        if (!File.Exists(book) || files.Count == 0)
        {
            throw new BrokenRulebookException(folder, 0, $"holds no rulebook: {BookFile} and {LexiconFolder}/*.txt are needed. Copy them from the bundled review.");
        }

        List<(string Name, string Content)> contents = [(BookFile, ReadText(book)), .. files.Select(file => ($"{LexiconFolder}/{Path.GetFileName(file)}", ReadText(file)))];
        var rulebook = RulebookFile.Read(BookFile, contents[0].Content);
        var lexicon = new Lexicon(Unique(contents.Skip(1)));
        CheckRules(rulebook, lexicon);
        CheckConcepts(folder, lexicon);
        return new Rulebook(HashOf(contents), rulebook, lexicon);
    }

    private static string ReadText(string file) => File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)).ReplaceLineEndings("\n");

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
        var known = RuleList.Of(lexicon).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        if (rulebook.Off.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new BrokenRulebookException(BookFile, 0, $"switches off a rule that does not exist, '{unknown}'. Rules are: {string.Join(", ", known)}.");
        }
    }

    private static void CheckConcepts(string folder, Lexicon lexicon)
    {
        var empty = Enum.GetValues<Concept>().Except(lexicon.Terms.Select(term => term.Concept)).ToList();
        if (empty.Count > 0)
        {
            throw new BrokenRulebookException(folder, 0, $"has no word under {string.Join(", ", empty.Select(LexiconFile.HeadingOf))}: without it rules would be blind and not say so.");
        }
    }

    private static string HashOf(IEnumerable<(string Name, string Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in files.SelectMany(file => new[] { file.Name, file.Content }).Append(Code))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
