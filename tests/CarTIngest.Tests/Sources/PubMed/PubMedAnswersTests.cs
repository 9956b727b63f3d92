using System.Net;
using System.Text;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using static CarTIngest.Tests.Sources.PubMed.ScriptedEntrez;

namespace CarTIngest.Tests.Sources.PubMed;

/// <summary>The numbers are those of the failure catalogue of the E-utilities; endpoints: i einfo, s esearch, f efetch.</summary>
public sealed class PubMedAnswersTests
{
    private const string Prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!DOCTYPE eSearchResult PUBLIC \"-//NLM//DTD esearch 20060628//EN\" \"https://example.org/esearch.dtd\">\n";

    private static readonly PubMedAnswers Answers = new(new Secrets("s3cr3tk3y"));

    [Theory]
    [InlineData(429, """{"error":"API rate limit exceeded","api-key":"s3cr3tk3y","count":"4","limit":"3"}""")]
    [InlineData(429, """{"error":"API rate limit exceeded","count":"11"}""")]
    [InlineData(200, """{"error":"API rate limit exceeded","api-key":"192.0.2.7","count":"4","limit":"3"}""")]
    [InlineData(429, "")]
    [InlineData(429, "<html><body>Too many</body></html>")]
    [Trait("Silent", "E1")]
    public void E1_a_rate_is_a_throttle_that_says_how_long_and_hides_the_key(int status, string body)
    {
        foreach (var endpoint in "isf")
        {
            var verdict = Judge(endpoint, body, status, TimeSpan.FromSeconds(2));
            Assert.Equal(AnswerClass.Throttled, verdict.Class);
            Assert.Equal(TimeSpan.FromSeconds(2), verdict.RetryAfter);
            Assert.DoesNotContain("s3cr3tk3y", verdict.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain("192.0.2.7", verdict.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Search Backend failed: Database is not supported: pubmed")]
    [Trait("Silent", "E2")]
    public void E2_an_outage_told_under_200_passes(string error) => Error('s', error, 200, AnswerClass.Transient);

    [Fact]
    [Trait("Silent", "E3")]
    public void E3_a_lost_connection_behind_the_front_passes() =>
        Error('s', "Search Backend failed: Unable to open connection to #PMQuerySrv?dbaf=pubmed", 200, AnswerClass.Transient);

    [Fact]
    [Trait("Silent", "E4")]
    public void E4_a_proxys_error_within_an_answer_passes() => Error('s', "Search Backend failed: Exception: 502 Proxy Error", 200, AnswerClass.Transient);

    [Theory]
    [InlineData("Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records matching the query.")]
    [InlineData("Position 15000 is out of acceptable range [9999,9998]")]
    [Trait("Silent", "E5")]
    public void E5_a_page_beyond_the_cap_is_our_mistake(string error)
    {
        Error('s', error, 200, AnswerClass.Permanent);
        // In JSON the line break stands raw within the string, which JSON forbids.
        Assert.Equal(AnswerClass.Permanent, Judge('s', "{\"header\":{\"type\":\"esearch\"},\"esearchresult\":{\"ERROR\":\"" + error + "\"}}").Class);
    }

    [Fact]
    [Trait("Silent", "E6")]
    public void E6_an_invalid_database_name_passes_because_valid_ones_are_refused_too()
    {
        Error('s', "Invalid db name specified: pubmed", 200, AnswerClass.Transient);
        Assert.Equal(AnswerClass.Transient, Judge('i', "<eInfoResult><ERROR>Can not retrieve DbInfo for db=pubmed</ERROR></eInfoResult>").Class);
    }

    [Fact]
    [Trait("Silent", "E7")]
    public void E7_a_viewer_that_timed_out_passes() =>
        Error('f', " Error: External viewer error: Empty Response. Bytes read: 0 Status: Timeout", 200, AnswerClass.Transient);

    [Theory]
    [InlineData("Error occurred: proxy_stream(): 502 Bad Gateway")]
    [InlineData("Error: Failed to connect to PubOne service")]
    [Trait("Silent", "E8")]
    public void E8_a_relayed_fault_passes_although_it_comes_as_400(string error) => Error('f', error, 400, AnswerClass.Transient);

    [Fact]
    [Trait("Silent", "E8")]
    public void E8_the_telling_words_may_stand_far_within()
    {
        var relayed = "Cannot do it: " + string.Concat(Enumerable.Repeat("&lt;p&gt;gateway&lt;/p&gt; ", 60)) + "proxy_stream()";
        Error('f', relayed, 400, AnswerClass.Transient);
    }

    [Fact]
    [Trait("Silent", "E9")]
    public void E9_a_list_without_a_correct_id_is_final_and_told_apart()
    {
        Error('f', "ID list is empty! Possibly it has no correct IDs.", 400, AnswerClass.Permanent);
        Assert.True(PubMedAnswers.IsNoSuchId(Judge('f', "<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>", 400)));
    }

    [Fact]
    [Trait("Silent", "E10")]
    public void E10_a_start_beyond_the_history_is_our_mistake() =>
        Error('f', "Cannot retrieve history data: OUT OF RANGE. Parameter retstart=1 + 1 is greater than number of records available in history.", 400, AnswerClass.Permanent);

    [Fact]
    [Trait("Silent", "E11")]
    public void E11_a_missing_parameter_is_our_mistake() =>
        Assert.Equal(AnswerClass.Permanent, Judge('s', "Mandatory parameter: db - is omitted", 400).Class);

    [Fact]
    [Trait("Silent", "E12")]
    public void E12_a_diagnostic_page_under_500_passes_and_is_quoted()
    {
        var verdict = Judge('s', "<!DOCTYPE html><html><head><title>NCBI/ipubmed - WWW Error 500 Diagnostic</title></head><body><h1>Error 500</h1>This could be a transient problem</body></html>", 500);
        Assert.Equal(AnswerClass.Transient, verdict.Class);
        Assert.Contains("WWW Error 500 Diagnostic", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [Trait("Silent", "E13")]
    public void E13_a_gateways_page_passes(int status)
    {
        foreach (var endpoint in "isf")
        {
            Assert.Equal(AnswerClass.Transient, Judge(endpoint, "<html><head><title>Bad Gateway</title></head></html>", status).Class);
            Assert.Equal(AnswerClass.Transient, Judge(endpoint, "", status).Class);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(500)]
    [Trait("Silent", "E14")]
    public void E14_a_router_that_lost_its_way_passes_under_any_status(int status) =>
        Assert.Equal(AnswerClass.Transient, Judge('s', "Unable to route request!\n\nservice name: /http/service/ratecontrol\ndtab:", status).Class);

    [Fact]
    [Trait("Silent", "E15")]
    public void E15_a_page_under_200_passes()
    {
        foreach (var endpoint in "isf")
        {
            Assert.Equal(AnswerClass.Transient, Judge(endpoint, "\n<!DOCTYPE html>\n<html lang=\"en\"><head><title>Home - PubMed</title></head><body/></html>").Class);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("<?xml version=\"1.0\" ?>")]
    [InlineData(Prolog)]
    [Trait("Silent", "E16")]
    public void E16_nothing_or_a_prolog_alone_passes(string body)
    {
        foreach (var endpoint in "isf")
        {
            Assert.Equal(AnswerClass.Transient, Judge(endpoint, body).Class);
        }
    }

    [Fact]
    [Trait("Silent", "E17")]
    public void E17_an_answer_cut_anywhere_passes()
    {
        Cut('i', Info("2026/05/16 06:33"));
        Cut('s', Search(3, [7, 8, 9]));
        Cut('f', Articles(7, 8, 9));
    }

    [Fact]
    [Trait("Silent", "E18")]
    public void E18_a_set_with_fewer_articles_or_none_is_an_answer_all_the_same()
    {
        Assert.Equal(AnswerClass.Ok, Judge('f', Articles(7)).Class);
        Assert.Equal(AnswerClass.EmptyConfirmed, Judge('f', Articles()).Class);
        Assert.Equal(AnswerClass.EmptyConfirmed, Judge('f', "<PubmedArticleSet/>").Class);
    }

    [Theory]
    [InlineData("Invented&#x1;cells")]
    [InlineData("Invented\u0001cells")]
    [InlineData("Invented & cells")]
    [InlineData("Invented <i>cells")]
    [InlineData("Invented &nbsp; cells")]
    [Trait("Silent", "E19")]
    public void E19_a_bad_character_within_a_whole_set_is_tried_only_twice_more(string title)
    {
        var body = Articles(7, 8).Replace("Invented cells 7", title, StringComparison.Ordinal);
        Assert.Equal(AnswerClass.SchemaDrift, Judge('f', body).Class);
        Assert.True(PubMedAnswers.IsArticleSet(Given(body, 200, null)));
        Assert.Equal(AnswerClass.Transient, Judge('s', Search(1, [7]).Replace("cells[", title, StringComparison.Ordinal)).Class);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    [Trait("Silent", "E20")]
    public void E20_a_list_that_is_not_as_long_as_counted_passes(int count, int listed) =>
        Assert.Equal(AnswerClass.Transient, Judge('s', Search(count, [.. Enumerable.Range(1, listed).Select(n => (long)n)])).Class);

    [Theory]
    [InlineData(9_998, 9_998)]
    [InlineData(9_999, 9_999)]
    [InlineData(10_000, 9_999)]
    [Trait("Silent", "E20")]
    public void E20_beyond_the_cap_the_list_is_as_long_as_the_cap(int count, int listed) =>
        Assert.Equal(AnswerClass.Ok, Judge('s', Search(count, [.. Enumerable.Range(1, listed).Select(n => (long)n)])).Class);

    [Fact]
    [Trait("Silent", "E22")]
    public void E22_an_address_too_long_is_our_mistake() =>
        Assert.Equal(AnswerClass.Permanent, Judge('s', "<html><head><title>414 Request-URI Too Large</title></head></html>", 414).Class);

    [Fact]
    [Trait("Silent", "E23")]
    public void E23_a_programs_exception_passes() =>
        Error('s', "NCBI C++ Exception:\n    Error: TXCLIENT(CException::eUnknown) \"/pubmed_gen/rbuild/txclient.cpp\", line 1102: EOF / Read failed", 200, AnswerClass.Transient);

    [Fact]
    [Trait("Silent", "E24")]
    public void E24_several_documents_in_one_body_pass()
    {
        Assert.Equal(AnswerClass.Transient, Judge('f', Articles(7) + "\n" + Articles(8)).Class);
        Assert.Equal(AnswerClass.Transient, Judge('s', Search(1, [7]) + Search(1, [7])).Class);
    }

    [Fact]
    public void A_search_that_finds_nothing_is_confirmed_by_its_count_and_its_warnings_are_kept()
    {
        var body = Search(0, [], "<ErrorList><PhraseNotFound>abcXYZ</PhraseNotFound></ErrorList><WarningList><OutputMessage>No items found.</OutputMessage></WarningList>");
        Assert.Equal(AnswerClass.EmptyConfirmed, Judge('s', body).Class);
        Assert.Equal(["PhraseNotFound: abcXYZ", "OutputMessage: No items found."], SearchPage.Read(Encoding.UTF8.GetBytes(body))!.Warnings);
    }

    [Fact]
    public void A_count_within_the_translation_is_not_the_searchs_count()
    {
        var body = Search(2, [7, 8], "<TranslationStack><TermSet><Term>x</Term><Count>109831</Count></TermSet></TranslationStack>");
        Assert.Equal(2, SearchPage.Read(Encoding.UTF8.GetBytes(body))!.Count);
    }

    [Theory]
    [InlineData('f', "<eSearchResult><Count>0</Count></eSearchResult>", 200)]
    [InlineData('s', "<eSearchResult><IdList/></eSearchResult>", 200)]
    [InlineData('s', "<eSearchResult><Count>many</Count><IdList/></eSearchResult>", 200)]
    [InlineData('i', "<eInfoResult><DbList><DbName>pubmed</DbName></DbList></eInfoResult>", 200)]
    [InlineData('s', "<Something/>", 200)]
    [InlineData('s', "", 301)]
    [InlineData('s', "<html><body>Not Found</body></html>", 404)]
    public void What_nobody_knows_is_a_drift_of_the_schema(char endpoint, string body, int status) =>
        Assert.Equal(AnswerClass.SchemaDrift, Judge(endpoint, body, status).Class);

    [Theory]
    [InlineData(403, "<html><body>Access denied</body></html>", AnswerClass.Blocked)]
    [InlineData(403, "", AnswerClass.Blocked)]
    [InlineData(400, """{"error":"API key invalid","api-key":"s3cr3tk3y"}""", AnswerClass.Permanent)]
    [InlineData(405, "", AnswerClass.Permanent)]
    [InlineData(408, "", AnswerClass.Transient)]
    public void Other_refusals_go_by_their_status(int status, string body, AnswerClass expected)
    {
        var verdict = Judge('f', body, status);
        Assert.Equal(expected, verdict.Class);
        Assert.DoesNotContain("s3cr3tk3y", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_without_end_within_each_other_are_refused_and_not_followed()
    {
        var deep = "<PubmedArticleSet>" + string.Concat(Enumerable.Repeat("<b>", 5_000)) + string.Concat(Enumerable.Repeat("</b>", 5_000)) + "</PubmedArticleSet>";
        Assert.False(Judge('f', deep).Accepted);
    }

    private static void Cut(char endpoint, string whole)
    {
        Assert.Equal(AnswerClass.Ok, Judge(endpoint, whole).Class);
        for (var length = 0; length < whole.Length; length++)
        {
            var verdict = Judge(endpoint, whole[..length]);
            Assert.True(verdict.Class is AnswerClass.Transient, $"{length} of {whole.Length}: {verdict}");
        }
    }

    private static void Error(char endpoint, string error, int status, AnswerClass expected)
    {
        var root = endpoint == 'f' ? "eFetchResult" : "eSearchResult";
        var verdict = Judge(endpoint, $"{Prolog}<{root}>\n\t<ERROR>{error}</ERROR>\n</{root}>", status);
        Assert.Equal(expected, verdict.Class);
        Assert.NotEmpty(verdict.Reason);
        Assert.InRange(verdict.Reason.Length, 1, 260);
        Assert.DoesNotContain('\n', verdict.Reason);
    }

    private static AnswerVerdict Judge(char endpoint, string body, int status = 200, TimeSpan? retryAfter = null) => endpoint switch
    {
        'i' => Answers.Einfo(Given(body, status, retryAfter)),
        's' => Answers.Esearch(Given(body, status, retryAfter), 0, 9_999),
        _ => Answers.Efetch(Given(body, status, retryAfter)),
    };

    private static Answer Given(string body, int status, TimeSpan? retryAfter) => new((HttpStatusCode)status, null, Encoding.UTF8.GetBytes(body), null, retryAfter);
}
