using System.Text.RegularExpressions;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>Help, usage and exit code 2.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private static readonly string[] Verbs = ["serve", "run", "demo", "rehearse", "import", "parse", "search", "status", "export", "verify", "doctor", "migrate", "backup", "restore"];

    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task Every_verb_has_help_with_an_example()
    {
        var help = (await cartingest.RunAsync("--help")).Ends(0);
        var listed = Verb().Matches(help.Out[help.Out.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(line => line.Groups["verb"].Value).ToList();
        Assert.Subset(listed.ToHashSet(), Verbs.ToHashSet());

        // Two at a time: each is a process.
        foreach (var pair in listed.Chunk(2))
        {
            foreach (var answered in await Task.WhenAll(pair.Select(verb => cartingest.RunAsync(verb, "--help"))))
            {
                var verb = answered.Call.Split(' ')[1];
                Assert.Contains($"Example: cartingest {verb}", answered.Ends(0).Out, StringComparison.Ordinal);
                Assert.Equal("", answered.Error);
            }
        }
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("frobnicate again", "Try: cartingest --help")]
    [InlineData("status again", "Try: cartingest status --help")]
    [InlineData("restore absent.cartingest", "absent.cartingest")]
    [InlineData("backup", "backup")]
    [InlineData("parse --bogus records.xml", "--bogus")]
    [InlineData("parse -x", "-x")]
    [InlineData("import -x records.xml", "-x")]
    [InlineData("status extra", "extra")]
    [InlineData("migrate --store --bogus", "--bogus")]
    [InlineData("parse", "parse")]
    [InlineData("parse absent.xml", "absent.xml")]
    [InlineData("parse records.xml absent.xml", "absent.xml")]
    [InlineData("rehearse --nights absent", "absent")]
    [InlineData("rehearse", "--nights")]
    [InlineData("run --source europepmc", "europepmc")]
    [InlineData("export --format papyrus --of all", "papyrus")]
    [InlineData("export --format jsonl --of all --as-of yesterday", "yesterday")]
    [InlineData("status --set Storage:Provider", "Section:Key=value")]
    [InlineData("status --set Provider=Sqlite", "Section:Key=value")]
    [InlineData("status --set", "--set")]
    public async Task A_call_that_cannot_be_meant_is_refused_with_a_sentence(string call, string names)
    {
        cartingest.Write("records.xml", "<PubmedArticleSet></PubmedArticleSet>");

        (await cartingest.RunAsync(call.Split(' '))).Refuses(2, names);

        Assert.Equal(["records.xml"], Directory.EnumerateFileSystemEntries(cartingest.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_empty_folder_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(cartingest.Folder, "empty"));

        (await cartingest.RunAsync("parse", "empty")).Refuses(2, "empty");
    }

    [Fact]
    public async Task After_a_bare_double_dash_a_dash_is_a_name()
    {
        cartingest.Write("-x", "<PubmedArticleSet></PubmedArticleSet>");

        Assert.Equal("", (await cartingest.RunAsync("parse", "--", "-x")).Ends(0).Out);
    }

    [GeneratedRegex("^  (?<verb>[a-z-]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Verb();
}
