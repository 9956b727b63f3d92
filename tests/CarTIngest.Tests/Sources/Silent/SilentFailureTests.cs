using CarTIngest.Tests.Rehearsal.Faults.Grid;

namespace CarTIngest.Tests.Sources.Silent;

/// <summary>
/// The ways in which the E-utilities were seen to fail without saying so, by their numbers, each through whole nights: given once it changes nothing; given all night
/// the night is named with the reason, nothing is lost, and the next one heals. Those that answer a wrong request are proven never to be asked for in <see cref="NeverSentTests"/>.
/// </summary>
public sealed class SilentFailureTests(SilentNights nights) : IClassFixture<SilentNights>
{
    private static readonly string[] EUtilities = ["einfo", "esearch", "efetch"];

    [Fact]
    [Trait("Silent", "E1")]
    public async Task E1_a_rate_that_is_exceeded_is_waited_out_or_named()
    {
        await nights.IsOutlivedAsync("E1", EUtilities);
        await nights.IsNamedAsync("E1", "esearch", "PubMed asks for a slower pace: API rate limit exceeded");
    }

    [Fact]
    [Trait("Silent", "E2")]
    public async Task E2_an_outage_told_under_200_is_no_empty_search()
    {
        await nights.IsOutlivedAsync("E2", EUtilities);
        await nights.IsNamedAsync("E2", "esearch", "Database is not supported: pubmed");
    }

    [Fact]
    [Trait("Silent", "E3")]
    public async Task E3_a_lost_connection_behind_the_front_is_no_empty_search()
    {
        await nights.IsOutlivedAsync("E3", EUtilities);
        await nights.IsNamedAsync("E3", "esearch", "Unable to open connection to #PMQuerySrv");
    }

    [Fact]
    [Trait("Silent", "E4")]
    public async Task E4_a_proxys_error_under_200_is_no_empty_search()
    {
        await nights.IsOutlivedAsync("E4", EUtilities);
        await nights.IsNamedAsync("E4", "esearch", "502 Proxy Error");
    }

    [Fact]
    [Trait("Silent", "E5")]
    public async Task E5_a_page_beyond_the_cap_would_be_named_at_once() =>
        await nights.IsNamedAsync("E5", "esearch", "'retstart' cannot be larger than 9998");

    [Fact]
    [Trait("Silent", "E6")]
    public async Task E6_a_database_name_refused_for_a_while_is_asked_again_or_named()
    {
        await nights.IsOutlivedAsync("E6", EUtilities);
        await nights.IsNamedAsync("E6", "einfo", "Invalid db name specified: pubmed");
    }

    [Fact]
    [Trait("Silent", "E7")]
    public async Task E7_a_viewer_that_timed_out_is_no_empty_set()
    {
        await nights.IsOutlivedAsync("E7", "efetch");
        await nights.IsNamedAsync("E7", "efetch", "External viewer error: Empty Response");
    }

    [Fact]
    [Trait("Silent", "E8")]
    public async Task E8_a_passing_fault_inside_a_400_is_asked_again()
    {
        await nights.IsOutlivedAsync("E8", "efetch");
        await nights.IsNamedAsync("E8", "efetch", "proxy_stream()");
    }

    [Fact]
    [Trait("Silent", "E9")]
    public async Task E9_a_list_of_ids_that_is_called_empty_is_asked_for_one_by_one()
    {
        var played = await nights.PlayAsync("""{"fault":"E9","endpoint":"efetch","nth":1}""");
        nights.IsAsInPeace(played);

        // Said of every single one it is the source's word, and the records are named.
        var all = await nights.PlayAsync("""{"fault":"E9","endpoint":"efetch","probability":1}""");
        Assert.Equal(all.Disturbed.Of("pubmed").Announced, all.Disturbed.Of("pubmed").Held + all.Disturbed.Of("pubmed").Unavailable);
        Assert.Equal(5, all.Disturbed.Of("pubmed").Named.Unavailable.Count);
        nights.Heals(all);
    }

    [Fact]
    [Trait("Silent", "E10")]
    public async Task E10_a_start_beyond_the_history_would_be_named_at_once() =>
        await nights.IsNamedAsync("E10", "efetch", "OUT OF RANGE");

    [Fact]
    [Trait("Silent", "E11")]
    public async Task E11_a_missing_database_would_be_named_at_once()
    {
        foreach (var endpoint in EUtilities)
        {
            await nights.IsNamedAsync("E11", endpoint, "Mandatory parameter: db");
        }
    }

    [Fact]
    [Trait("Silent", "E12")]
    public async Task E12_a_diagnostic_page_is_asked_past_or_named()
    {
        await nights.IsOutlivedAsync("E12", EUtilities);
        await nights.IsNamedAsync("E12", "efetch", "WWW Error 500 Diagnostic");
    }

    [Fact]
    [Trait("Silent", "E13")]
    public async Task E13_a_gateways_page_is_asked_past_or_named()
    {
        await nights.IsOutlivedAsync("E13", EUtilities);
        await nights.IsNamedAsync("E13", "esearch", "PubMed answers 50");
    }

    [Fact]
    [Trait("Silent", "E14")]
    public async Task E14_a_router_that_lost_its_way_is_asked_past_or_named()
    {
        await nights.IsOutlivedAsync("E14", EUtilities);
        await nights.IsNamedAsync("E14", "esearch", "Unable to route request!");
    }

    [Fact]
    [Trait("Silent", "E15")]
    public async Task E15_a_page_for_people_under_200_is_no_answer()
    {
        await nights.IsOutlivedAsync("E15", EUtilities);
        await nights.IsNamedAsync("E15", "esearch", "There was a problem");
    }

    [Fact]
    [Trait("Silent", "E16")]
    public async Task E16_nothing_under_200_is_no_empty_search_and_no_empty_set()
    {
        await nights.IsOutlivedAsync("E16", EUtilities);
        await nights.IsNamedAsync("E16", "esearch", "with nothing in it");
        await nights.IsNamedAsync("E16", "efetch", "with nothing in it");
    }

    [Fact]
    [Trait("Silent", "E17")]
    public async Task E17_half_a_body_is_no_whole_one()
    {
        await nights.IsOutlivedAsync("E17", EUtilities);
        await nights.IsOutlivedAsync("short", EUtilities);
        await nights.IsNamedAsync("E17", "efetch", "could not be reached");
    }

    [Fact]
    [Trait("Silent", "E18")]
    public async Task E18_what_a_set_leaves_out_is_asked_for_by_itself_and_else_named()
    {
        nights.IsAsInPeace(await nights.PlayAsync([.. Enumerable.Range(1, 4).Select(batch => $$"""{"fault":"E18","endpoint":"efetch","nth":{{batch}}}""")]));

        // In peace, too, one is announced and never given that night: it is named, and comes with the next.
        Assert.Equal("pmid:90000011", Assert.Single(nights.Calm.Disturbed.Of("pubmed").Named.Unavailable).Text);
        Assert.Equal("pmid:90000011", Assert.Single(nights.Calm.Healed.Of("pubmed").Named.New).Text);
    }

    [Fact]
    [Trait("Silent", "E19")]
    public async Task E19_a_bad_character_hides_no_record_beside_it()
    {
        await nights.IsOutlivedAsync("E19", EUtilities);

        // A batch that comes damaged three times is divided; what is damaged alone lies in quarantine, by its name.
        var played = await nights.PlayAsync([.. Enumerable.Range(1, 6).Select(nth => $$"""{"fault":"E19","endpoint":"efetch","nth":{{nth}}}""")]);
        Assert.Equal("pmid:90000007", Assert.Single(played.Disturbed.Of("pubmed").Named.Quarantined).Text);
        Assert.Equal(nights.Calm.Disturbed.Of("pubmed").New - 1, played.Disturbed.Of("pubmed").New);
        nights.Heals(played);
    }

    [Fact]
    [Trait("Silent", "E20")]
    public async Task E20_fewer_ids_than_counted_are_no_census()
    {
        await nights.IsOutlivedAsync("E20", "esearch");
        await nights.IsNamedAsync("E20", "esearch", "ids where it should list 10");
    }

    [Fact]
    [Trait("Silent", "E21")]
    public async Task E21_a_history_that_is_not_kept_is_missed_by_nobody() => await nights.IsOutlivedAsync("E21", "esearch");

    [Fact]
    [Trait("Silent", "E22")]
    public async Task E22_an_address_called_too_long_would_be_named_at_once() =>
        await nights.IsNamedAsync("E22", "efetch", "PubMed answers 414");

    [Fact]
    [Trait("Silent", "E23")]
    public async Task E23_a_programs_exception_under_200_is_no_empty_search()
    {
        await nights.IsOutlivedAsync("E23", EUtilities);
        await nights.IsNamedAsync("E23", "esearch", "NCBI C++ Exception");
    }

    [Fact]
    [Trait("Silent", "E24")]
    public async Task E24_two_documents_in_one_body_are_not_read_as_the_first()
    {
        await nights.IsOutlivedAsync("E24", EUtilities);
        await nights.IsNamedAsync("E24", "esearch", "several documents in one");
    }

    [Fact]
    [Trait("Silent", "E25")]
    public async Task E25_a_host_that_cannot_be_reached_is_down_by_name()
    {
        await nights.IsOutlivedAsync("E25", EUtilities);
        var sums = await nights.IsNamedAsync("E25", "einfo", "pubmed could not be reached");
        Assert.False(sums.Answered);
    }
}
