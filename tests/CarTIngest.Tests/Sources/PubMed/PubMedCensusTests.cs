using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Sources.Http;

namespace CarTIngest.Tests.Sources.PubMed;

public sealed class PubMedCensusTests
{
    private static readonly CensusWindow Window = new(new DateOnly(2026, 4, 16), new DateOnly(2026, 5, 17));

    private static readonly SearchArm A = Arm("A", "car-t[tiab] AND aml[tiab]");
    private static readonly SearchArm B = Arm("B1", "cd33[tiab]");

    [Fact]
    public async Task A_quiet_night_costs_two_looks_at_the_date_one_search_an_arm_and_two_for_the_window()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [101, 102, 103], Touched = [102, 999] }.StartAsync();
        await using var client = new HttpUnderTest();
        var archive = new ListArchive();
        var census = await Source(client, entrez.Options, A, B).TakeCensusAsync(Window, archive, CancellationToken.None);

        Assert.True(census.Proven);
        Assert.Equal(["pmid:101", "pmid:102", "pmid:103"], census.Announced.Keys.Order().Select(id => id.Text));
        Assert.Equal(["pmid:102", "pmid:999"], census.Touched.Order().Select(id => id.Text));
        Assert.Equal("2026/05/16 06:33", census.DataVersionBefore);
        Assert.Equal(census.DataVersionBefore, census.DataVersionAfter);
        Assert.All(census.Arms, arm => Assert.Equal((3, "cells[All Fields]"), ((int)arm.Count, arm.Translation)));
        Assert.Equal(["einfo", "esearch", "esearch", "esearch", "esearch", "einfo"], entrez.Calls.Select(call => call.Endpoint));
        var terms = entrez.Calls.Where(call => call.Endpoint == "esearch").Select(call => call.Form["term"]).ToList();
        Assert.Equal("car-t[tiab] AND aml[tiab]", terms[0]);
        Assert.Equal("((car-t[tiab] AND aml[tiab]) OR (cd33[tiab])) AND (\"2026/04/16\"[MDAT] : \"2026/05/17\"[MDAT])", terms[2]);
        Assert.Equal("((car-t[tiab] AND aml[tiab]) OR (cd33[tiab])) AND (\"2026/04/16\"[MHDA] : \"2026/05/17\"[MHDA])", terms[3]);
        Assert.Equal(6, archive.Kept.Count);
    }

    [Theory]
    [InlineData(9_998, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 3)]
    public async Task At_the_cap_every_id_is_listed_and_beyond_it_by_halves(int size, int atLeast)
    {
        var corpus = new SortedSet<long>(Enumerable.Range(0, size).Select(n => 10_000_000L + (n * 3_001L)));
        await using var entrez = await new ScriptedEntrez { Corpus = corpus }.StartAsync();
        await using var client = new HttpUnderTest();
        var census = await Source(client, entrez.Options, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);

        var arm = Assert.Single(census.Arms);
        Assert.Null(arm.WhyNotProven);
        Assert.Equal(corpus, arm.Ids.Keys.Select(id => long.Parse(id.Local)).ToHashSet());
        Assert.InRange(entrez.Calls.Count(call => call.Endpoint == "esearch") - 2, atLeast, atLeast + 10);
    }

    [Fact]
    public async Task Many_times_the_cap_is_listed_whole()
    {
        var corpus = new SortedSet<long>(Enumerable.Range(1, 1_000).Select(n => (long)n * n));
        await using var entrez = await new ScriptedEntrez { Corpus = corpus }.StartAsync();
        await using var client = new HttpUnderTest();
        var census = await Source(client, entrez.Options with { SearchCap = 90 }, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);
        Assert.True(census.Proven);
        Assert.Equal(1_000, census.Announced.Count);
    }

    [Fact]
    public async Task Halves_that_do_not_add_up_are_asked_once_more_and_then_told()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [.. Enumerable.Range(1, 20).Select(n => (long)n)] }.StartAsync();
        entrez.Script = call => call.Form.GetValueOrDefault("term", "").EndsWith("AND 1:50000000[UID]", StringComparison.Ordinal)
            ? new ScriptedEntrez.Reply(ScriptedEntrez.Search(4, [1, 2, 3, 4]))
            : null;
        await using var client = new HttpUnderTest();
        var arm = Assert.Single((await Source(client, entrez.Options with { SearchCap = 10 }, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None)).Arms);
        Assert.Equal("UIDs 1 to 99999999 count 20, their halves 4 and 0.", arm.WhyNotProven);
        Assert.Equal(6, entrez.Calls.Count(call => call.Endpoint == "esearch" && call.Form["term"].Contains("car-t", StringComparison.Ordinal)) - 2);
    }

    [Fact]
    public async Task An_id_listed_twice_is_no_proof()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        entrez.Script = call => call.Endpoint == "esearch" && !call.Form["term"].Contains("DAT]", StringComparison.Ordinal) && !call.Form["term"].Contains("MHDA", StringComparison.Ordinal)
            ? new ScriptedEntrez.Reply(ScriptedEntrez.Search(3, [7, 7, 8]))
            : null;
        await using var client = new HttpUnderTest();
        var arm = Assert.Single((await Source(client, entrez.Options, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None)).Arms);
        Assert.Equal("PubMed counts 3 and lists 2 distinct ids.", arm.WhyNotProven);
        Assert.Equal(2, arm.Ids.Count);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public async Task Data_that_moved_meanwhile_are_asked_once_more_and_then_said_to_move(int moves, int warnings)
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [101] }.StartAsync();
        var looks = 0;
        entrez.Script = call => call.Endpoint == "einfo"
            ? new ScriptedEntrez.Reply(ScriptedEntrez.Info($"2026/05/16 0{Math.Min(looks++, moves)}:00"))
            : null;
        await using var client = new HttpUnderTest();
        var census = await Source(client, entrez.Options, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);
        var arm = Assert.Single(census.Arms);
        Assert.True(arm.Proven);
        Assert.Equal(warnings, arm.Warnings.Count);
        Assert.Equal(3, looks);
        Assert.Equal(6, entrez.Calls.Count(call => call.Endpoint == "esearch"));
    }

    [Fact]
    public async Task An_arm_that_is_refused_is_named_and_the_others_stand()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [101] }.StartAsync();
        entrez.Script = call => call.Form.GetValueOrDefault("term") == "cd33[tiab]"
            ? new ScriptedEntrez.Reply("<eSearchResult><ERROR>Empty term and query_key - nothing todo</ERROR></eSearchResult>")
            : null;
        await using var client = new HttpUnderTest();
        var census = await Source(client, entrez.Options, A, B).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);
        Assert.False(census.Proven);
        Assert.Null(census.Arms[0].WhyNotProven);
        Assert.Contains("Empty term", census.Arms[1].WhyNotProven, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_that_cannot_be_listed_leave_no_arm_proven_and_no_id_lost()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [101] }.StartAsync();
        entrez.Script = call => call.Form.GetValueOrDefault("term", "").Contains("[MHDA]", StringComparison.Ordinal)
            ? new ScriptedEntrez.Reply("<eSearchResult><ERROR>Empty term</ERROR></eSearchResult>")
            : null;
        await using var client = new HttpUnderTest();
        var census = await Source(client, entrez.Options, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);
        Assert.StartsWith("What changed by MHDA could not be listed", census.Arms[0].WhyNotProven, StringComparison.Ordinal);
        Assert.Single(census.Announced);
    }

    [Fact]
    public async Task An_arm_that_widened_into_millions_is_not_followed()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [.. Enumerable.Range(1, 20).Select(n => (long)n)] }.StartAsync();
        await using var client = new HttpUnderTest();
        var census = await Source(client, entrez.Options with { LargestArm = 19 }, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);
        Assert.Contains("It matches 20 records", census.Arms[0].WhyNotProven, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_tell_its_state_is_down()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        entrez.Script = _ => new ScriptedEntrez.Reply("<eInfoResult><DbList/></eInfoResult>");
        await using var client = new HttpUnderTest();
        var down = await Assert.ThrowsAsync<SourceDownException>(() => Source(client, entrez.Options, A).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None));
        Assert.Equal("pubmed", down.SourceName);
        Assert.Equal(3, entrez.Calls.Count);
    }

    [Fact]
    public async Task The_key_goes_into_bodies_and_nowhere_else()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [101] }.StartAsync();
        entrez.Script = call => call.Number % 2 == 1
            ? new ScriptedEntrez.Reply("""{"error":"API rate limit exceeded","api-key":"s3cr3tk3y","count":"11","limit":"10"}""", System.Net.HttpStatusCode.TooManyRequests)
            : call.Endpoint == "esearch" ? new ScriptedEntrez.Reply("""{"error":"API key invalid","api-key":"S3CR3TK3Y"}""", System.Net.HttpStatusCode.BadRequest)
            : null;
        await using var client = new HttpUnderTest();
        var archive = new ListArchive();
        var census = await Source(client, entrez.Options, A).TakeCensusAsync(Window, archive, CancellationToken.None);

        Assert.All(entrez.Server.Visits, visit => Assert.Contains("api_key=s3cr3tk3y", visit.Body, StringComparison.Ordinal));
        Assert.All(entrez.Server.Visits, visit => Assert.DoesNotContain("s3cr3tk3y", visit.Target, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(client.Log.Lines);
        Assert.All(client.Log.Lines, line => Assert.DoesNotContain("s3cr3tk3y", line, StringComparison.OrdinalIgnoreCase));
        Assert.All(archive.Kept, kept => Assert.DoesNotContain("s3cr3tk3y", kept.Asked, StringComparison.OrdinalIgnoreCase));
        Assert.All(census.Arms, arm => Assert.DoesNotContain("s3cr3tk3y", arm.WhyNotProven, StringComparison.OrdinalIgnoreCase));
    }

    private static PubMedSource Source(HttpUnderTest client, PubMedOptions options, params SearchArm[] arms) => new(client.Http, options, arms, TimeProvider.System);

    private static SearchArm Arm(string name, string term) => new("pubmed", name, name, new Dictionary<string, string> { ["term"] = term });
}
