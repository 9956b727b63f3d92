using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Sources.Http;
using CsCheck;

namespace CarTIngest.Tests.Sources.PubMed;

/// <summary>The arms that follow what people know: how they are built, and how a census takes them.</summary>
public sealed class FollowingArmsTests
{
    private static readonly CensusWindow Window = new(new DateOnly(2026, 4, 16), new DateOnly(2026, 5, 17));

    [Fact]
    public async Task Nothing_followed_is_nothing_asked()
    {
        await using var client = new HttpUnderTest();

        Assert.Empty(Source(client, new PubMedOptions()).ArmsFor(new KnownStudies([], [], [])));
        Assert.Empty(Source(client, new PubMedOptions()).ArmsFor(new KnownStudies([], [], [Id(7)])));
    }

    [Fact]
    public async Task A_trial_is_looked_for_in_databank_and_abstract_and_a_report_by_who_cites_it()
    {
        await using var client = new HttpUnderTest();

        var arms = Source(client, new PubMedOptions()).ArmsFor(new KnownStudies([Nct(2), Nct(1)], [Id(9), Id(8)], [Id(30)]));

        Assert.Equal(["L", "X"], arms.Select(arm => arm.Name));
        Assert.Equal("term=NCT00000001[si] OR NCT00000001[tiab] OR NCT00000002[si] OR NCT00000002[tiab]", arms[0].Text);
        Assert.Equal("cited=8 9 & known=30", arms[1].Text);
    }

    [Fact]
    public async Task One_trial_more_changes_one_term_and_no_trial_is_left_out_or_asked_twice()
    {
        await using var client = new HttpUnderTest();
        var source = Source(client, new PubMedOptions());

        Gen.Select(Gen.Int[1, 2_000].Array[1, 900], Gen.Int[1, 2_000]).Sample((numbers, more) =>
        {
            var trials = numbers.Distinct().ToList();
            var (before, after) = (Terms(trials), Terms([.. trials, more]));
            Assert.All(after.Values, term => Assert.True(term.Length < 5_000));
            Assert.Equal(trials.Append(more).Distinct().Order(), after.Values.SelectMany(term => term.Split(" OR ")).Where(one => one.EndsWith("[si]", StringComparison.Ordinal)).Select(one => int.Parse(one[3..11], null)).Order());
            if (before.Count == after.Count)
            {
                Assert.InRange(after.Count(term => before.GetValueOrDefault(term.Key) != term.Value), 0, 1);
            }
        }, iter: 100);

        IReadOnlyDictionary<string, string> Terms(IReadOnlyList<int> numbers) => Assert.Single(source.ArmsFor(new KnownStudies([.. numbers.Select(Nct)], [], []))).Parameters;
    }

    [Fact]
    public async Task A_long_arm_of_trials_is_one_arm_with_each_term_proven_and_unknown_numbers_are_no_warning()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [101, 102] }.StartAsync();
        entrez.Script = call => call.Endpoint == "esearch" && call.Form["term"].StartsWith("NCT", StringComparison.Ordinal)
            ? new ScriptedEntrez.Reply(ScriptedEntrez.Search(1, [101], "<ErrorList><PhraseNotFound>NCT00000001[si]</PhraseNotFound></ErrorList>"))
            : null;
        await using var client = new HttpUnderTest();
        var source = Source(client, entrez.Options);

        var census = await source.Searching(source.ArmsFor(new KnownStudies([.. Enumerable.Range(1, 150).Select(Nct)], [], []))).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None);

        var arm = Assert.Single(census.Arms);
        Assert.True(arm.Proven);
        Assert.Equal((1, 1L), (arm.Ids.Count, arm.Count));
        Assert.Empty(arm.Warnings);
        Assert.Equal(2, entrez.Calls.Count(call => call.Endpoint == "esearch" && call.Form["term"].StartsWith("NCT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_cites_is_what_is_linked_now_and_before_as_far_as_it_exists()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [20, 21, 30] }.StartAsync();
        entrez.Script = call => call.Endpoint == "elink" ? new ScriptedEntrez.Reply(Links([8, 9], [20, 21, 22]))
            : call.Endpoint == "esearch" && call.Form["term"].Contains("[uid]", StringComparison.Ordinal) ? new ScriptedEntrez.Reply(ScriptedEntrez.Search(3, [20, 21, 30]))
            : null;
        var arm = await CitationsAsync(entrez, [30, 31]);

        Assert.True(arm.Proven);
        Assert.Equal(["pmid:20", "pmid:21", "pmid:30"], arm.Ids.Keys.Order().Select(id => id.Text));
        Assert.Equal("20[uid] OR 21[uid] OR 22[uid] OR 30[uid] OR 31[uid]", entrez.Calls.Single(call => call.Endpoint == "esearch").Form["term"]);
        Assert.Equal(("pubmed", "pubmed_pubmed_citedin", "8,9"), (Elink(entrez).Form["dbfrom"], Elink(entrez).Form["linkname"], Elink(entrez).Form["id"]));
        Assert.Empty(arm.Warnings);
    }

    [Theory]
    [InlineData("<eLinkResult><ERROR>Couldn't resolve #exLinkSrv2, the address table is empty.</ERROR></eLinkResult>")]
    [InlineData("<eLinkResult><LinkSet><DbFrom>pubmed</DbFrom><IdList><Id>8</Id></IdList></LinkSet></eLinkResult>")]
    [InlineData("<eLinkResult><LinkSet><DbFrom>pubmed</DbFrom><IdList><Id>8</Id><Id>9</Id></IdList><ERROR>down</ERROR></LinkSet></eLinkResult>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE eLinkResult>")]
    public async Task Citations_that_cannot_be_had_are_a_warning_and_what_was_known_stands(string answer)
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [30] }.StartAsync();
        entrez.Script = call => call.Endpoint == "elink" ? new ScriptedEntrez.Reply(answer) : null;

        var arm = await CitationsAsync(entrez, [30]);

        Assert.True(arm.Proven);
        Assert.Equal("pmid:30", Assert.Single(arm.Ids.Keys).Text);
        Assert.Contains("could not be asked for", Assert.Single(arm.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_that_vanish_without_a_word_do_not_take_records_away()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [30] }.StartAsync();
        entrez.Script = call => call.Endpoint == "elink" ? new ScriptedEntrez.Reply(Links([8, 9], [])) : null;

        Assert.Equal("pmid:30", Assert.Single((await CitationsAsync(entrez, [30])).Ids.Keys).Text);
        Assert.Empty((await CitationsAsync(entrez, [])).Ids);
    }

    [Fact]
    public async Task What_cites_and_cannot_be_listed_is_as_it_was()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        entrez.Script = call => call.Endpoint == "elink" ? new ScriptedEntrez.Reply(Links([8, 9], [20])) : call.Endpoint == "esearch" ? new ScriptedEntrez.Reply("<eSearchResult><ERROR>Empty term</ERROR></eSearchResult>") : null;

        var arm = await CitationsAsync(entrez, [30]);

        Assert.True(arm.Proven);
        Assert.Equal("pmid:30", Assert.Single(arm.Ids.Keys).Text);
        Assert.Contains("could not be listed", Assert.Single(arm.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_connection_is_cut_what_cites_is_as_it_was_and_no_gate()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        entrez.Script = call => call.Endpoint == "elink" ? new ScriptedEntrez.Reply(Links([8, 9], [20])) : call.Endpoint == "esearch" ? ScriptedEntrez.Reply.Cut : null;

        var arm = await CitationsAsync(entrez, [30], HttpUnderTest.Quick with { Retries = 1 });

        Assert.True(arm.Proven);
        Assert.Equal("pmid:30", Assert.Single(arm.Ids.Keys).Text);
        Assert.Contains("could not be listed", Assert.Single(arm.Warnings), StringComparison.Ordinal);
    }

    private static async Task<ArmCensus> CitationsAsync(ScriptedEntrez entrez, IReadOnlyList<long> known, HttpLimits? limits = null)
    {
        await using var client = new HttpUnderTest(limits);
        var source = Source(client, entrez.Options);
        var arms = source.ArmsFor(new KnownStudies([], [Id(8), Id(9)], [.. known.Select(Id)]));
        return Assert.Single((await source.Searching(arms).TakeCensusAsync(Window, new ListArchive(), CancellationToken.None)).Arms);
    }

    private static ScriptedEntrez.Call Elink(ScriptedEntrez entrez) => entrez.Calls.Single(call => call.Endpoint == "elink");

    private static string Links(long[] asked, long[] citing) =>
        $"<?xml version=\"1.0\"?><eLinkResult><LinkSet><DbFrom>pubmed</DbFrom><IdList>{string.Concat(asked.Select(id => $"<Id>{id}</Id>"))}</IdList>"
        + $"{(citing.Length == 0 ? "" : $"<LinkSetDb><DbTo>pubmed</DbTo><LinkName>pubmed_pubmed_refs</LinkName><Link><Id>999</Id></Link></LinkSetDb><LinkSetDb><DbTo>pubmed</DbTo><LinkName>pubmed_pubmed_citedin</LinkName>{string.Concat(citing.Select(id => $"<Link><Id>{id}</Id></Link>"))}</LinkSetDb>")}</LinkSet></eLinkResult>";

    private static PubMedSource Source(HttpUnderTest client, PubMedOptions options) => new(client.Http, options, [], TimeProvider.System);

    private static Pmid Id(long pmid) => Pmid.TryParse($"{pmid}", out var id) ? id : throw new ArgumentOutOfRangeException(nameof(pmid));

    private static NctId Nct(int number) => NctId.TryParse($"NCT{number:D8}", out var id) ? id : throw new ArgumentOutOfRangeException(nameof(number));
}
