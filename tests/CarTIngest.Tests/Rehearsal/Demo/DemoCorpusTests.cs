using CarTIngest.Rehearsal.Demo;

namespace CarTIngest.Tests.Rehearsal.Demo;

public sealed class DemoCorpusTests
{
    [Fact]
    public void The_nights_lie_beside_the_executable()
    {
        var corpus = DemoCorpus.Bundled();

        Assert.Equal(["2026-03-02.full.jsonl", "2026-03-03.changes.jsonl"], NamesIn(corpus.RegistryNights));
        Assert.Equal(["2026-03-02.xml", "2026-03-03.xml"], NamesIn(corpus.PubMedNights));
        Assert.StartsWith(AppContext.BaseDirectory, corpus.PubMedNights, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_folder_is_named_in_the_exception()
    {
        var nowhere = Path.Combine(AppContext.BaseDirectory, "no-such-corpus");

        var thrown = Assert.Throws<DirectoryNotFoundException>(() => DemoCorpus.In(nowhere));

        Assert.Contains(Path.Combine(nowhere, "clinicaltrials"), thrown.Message, StringComparison.Ordinal);
    }

    private static string[] NamesIn(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
