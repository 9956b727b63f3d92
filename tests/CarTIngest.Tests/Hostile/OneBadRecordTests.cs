using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Hostile;

/// <summary>A hundred records of which one is hostile: 99 are read, and of the one it is said why not.</summary>
public sealed class OneBadRecordTests(HostileRuns runs) : IClassFixture<HostileRuns>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-hostile-");

    public static TheoryData<string> Articles => [.. HostileRecord.Articles.Select(record => record.Kind)];

    public static TheoryData<string> StudyValues => [.. HostileRecord.StudyValues.Select(record => record.Kind)];

    [Theory]
    [MemberData(nameof(Articles))]
    public void Parse_names_the_bad_article(string kind) => IsNamed(runs.Articles, HostileRecord.Articles, kind);

    [Theory]
    [MemberData(nameof(StudyValues))]
    public void Parse_names_the_bad_study(string kind) => IsNamed(runs.StudyValues, HostileRecord.StudyValues, kind);

    [Fact]
    public void Parse_reads_all_the_others_in_little_memory_and_fetches_nothing()
    {
        Assert.False(runs.Fetched, "something was fetched");
        Assert.Equal(HostileRecord.Articles.SelectMany(_ => HostileFile.XmlIds(HostileRuns.BadAt)), runs.Articles.Ids);
        Assert.Equal(HostileRecord.StudyValues.SelectMany(_ => HostileFile.JsonIds(HostileRuns.BadAt)), runs.StudyValues.Ids);
        foreach (var parsed in (ParsedAsProcess[])[runs.Articles, runs.StudyValues])
        {
            Assert.Equal(3, parsed.ExitCode);
            Assert.DoesNotContain("   at ", parsed.Errors, StringComparison.Ordinal);
            Assert.True(parsed.PeakBytes is > 0 and <= ParsedAsProcess.Cap, $"{parsed.PeakBytes >> 20} MiB were resident");
        }
    }

    [Theory]
    [MemberData(nameof(Articles))]
    public async Task The_bad_article_may_stand_first_or_last(string kind)
    {
        var bad = HostileRecord.Articles.Single(record => record.Kind == kind);
        foreach (var at in (int[])[0, 1, HostileFile.Records - 1])
        {
            await ReadsAsync(HostileFile.Xml(bad, at), HostileFile.XmlIds(at), $"{kind} at {at}");
        }
    }

    [Theory]
    [MemberData(nameof(StudyValues))]
    public async Task The_bad_study_may_stand_first_or_last_in_every_form(string kind)
    {
        var bad = HostileRecord.StudyValues.Single(record => record.Kind == kind);
        foreach (var at in (int[])[0, 1, HostileFile.Records - 1])
        {
            await ReadsAsync(HostileFile.JsonArray(bad, at), HostileFile.JsonIds(at), $"{kind} at {at} of an array");
            await ReadsAsync(HostileFile.JsonEnvelope(bad, at), HostileFile.JsonIds(at), $"{kind} at {at} of an envelope");
            // There is no empty list on a line: it is a document of no studies.
            if (kind != "an empty list")
            {
                await ReadsAsync(HostileFile.JsonLines(bad, at), HostileFile.JsonIds(at), $"{kind} at line {at}");
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void IsNamed(ParsedAsProcess parsed, IReadOnlyList<HostileRecord> kinds, string kind)
    {
        var reasons = parsed.ReasonsOf(HostileRuns.NameOf(kinds, kind));
        Assert.Contains(reasons, reason => reason.Contains(kinds.Single(record => record.Kind == kind).Says, StringComparison.Ordinal));
        Assert.DoesNotContain(reasons, reason => reason.Length > 500 || reason.Any(char.IsControl) || reason.Contains("   at ", StringComparison.Ordinal));
    }

    private async Task ReadsAsync(byte[] document, string[] ids, string what)
    {
        var path = Write("bad", document);
        var (read, faults) = (new List<string>(), 0);
        await foreach (var reading in SourcesSetup.Files().ReadAsync(path, new DriftTally(), CancellationToken.None))
        {
            switch (reading)
            {
                case ReadRecord one:
                    read.Add(one.Record.Id.Text);
                    break;
                default:
                    faults++;
                    break;
            }
        }

        Assert.True(ids.SequenceEqual(read), $"{what}: {read.Count} were read, and not {string.Join(' ', ids.Except(read).Take(3))}");
        Assert.True(faults > 0, $"{what}: nothing was said of it");
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
