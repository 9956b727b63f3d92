using System.Text;
using CarTIngest.Eligibility;

namespace CarTIngest.Host.Commands;

/// <summary>Reads the rulebook of a review folder: <c>rulebook.json</c> and <c>lexicon/*.txt</c>.</summary>
internal static class ReviewRulebook
{
    private const string Lexicon = "lexicon";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="BrokenRulebookException">A file is absent, no UTF-8, or broken.</exception>
    public static Rulebook Read(string folder)
    {
        var words = Path.Combine(folder, Lexicon);
        var names = Directory.Exists(words) ? Directory.GetFiles(words, "*.txt").Select(file => $"{Lexicon}/{Path.GetFileName(file)}").ToList() : [];
        if (names.Count == 0 || !File.Exists(Path.Combine(folder, RulebookFiles.BookFile)))
        {
            throw new BrokenRulebookException(folder, 0, $"holds no rulebook: {RulebookFiles.BookFile} and {Lexicon}/*.txt are needed (setting Review:Folder). Copy them from the bundled review.");
        }

        return RulebookFiles.Make(names.Append(RulebookFiles.BookFile).ToDictionary(name => name, name => ReadText(folder, name)));
    }

    private static string ReadText(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name), Strict).ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            throw new BrokenRulebookException(name, 0, "is not UTF-8. Save it as UTF-8.");
        }
    }
}
