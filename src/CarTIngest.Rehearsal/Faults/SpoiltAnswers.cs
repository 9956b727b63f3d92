using System.Text;
using System.Text.RegularExpressions;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>True answers of the E-utilities from which something was lost, or to which something was added.</summary>
internal static partial class SpoiltAnswers
{
    private const string Prolog = "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2025//EN\" \"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd\">\n";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("E16", (call, _) => EmptyAsync(call)) { Drawn = true },
        // Of one record alone an empty set is PubMed's word that it has none, which nobody can tell from the truth.
        new("E18", (call, token) => SpoilAsync(call, FewerArticles, token))
            { Endpoints = [EndpointNames.EFetch], Suits = parameters => parameters["id"]?.Contains(',', StringComparison.Ordinal) == true, Nearest = "E20", Drawn = true },
        new("E19", (call, token) => SpoilAsync(call, BadCharacter, token)) { Endpoints = EntrezFaults.EUtilities, Nearest = "E15", Drawn = true },
        new("E20", (call, token) => SpoilAsync(call, FewerIds, token)) { Endpoints = [EndpointNames.ESearch], Nearest = "E16", Drawn = true },
        new("E21", (call, token) => SpoilAsync(call, WithoutHistory, token)) { Endpoints = [EndpointNames.ESearch], Nearest = "E2" },
        new("E24", (call, token) => SpoilAsync(call, (body, _) => body + body, token)) { Endpoints = EntrezFaults.EUtilities, Nearest = "E15" },
    ];

    private static Task EmptyAsync(FaultCall call) => new RehearsedAnswer(
        StatusCodes.Status200OK,
        "text/xml; charset=UTF-8",
        EntrezFaults.EUtilities.Contains(call.Request.Endpoint) && call.Dice.Below(2) == 0 ? Encoding.UTF8.GetBytes(Prolog) : default(ReadOnlyMemory<byte>)).SendAsync(call.Context);

    /// <summary>Where there is nothing to spoil the answer comes empty.</summary>
    private static async Task SpoilAsync(FaultCall call, Func<string, FaultDice, string> spoil, CancellationToken cancellationToken)
    {
        var answer = await call.TrueAnswerAsync(cancellationToken);
        var body = Encoding.UTF8.GetString(answer.Body.Span);
        var spoilt = spoil(body, call.Dice);
        await (spoilt == body ? EmptyAsync(call) : (answer with { Body = Encoding.UTF8.GetBytes(spoilt) }).SendAsync(call.Context));
    }

    /// <summary>About one in ten is left out, one at least.</summary>
    private static string FewerArticles(string body, FaultDice dice)
    {
        var starts = Article().Matches(body).Select(match => match.Index).Append(body.LastIndexOf("</PubmedArticleSet>", StringComparison.Ordinal)).ToList();
        var kept = new StringBuilder(body.Length);
        var certain = dice.Below(Math.Max(1, starts.Count - 1));
        kept.Append(body, 0, Math.Max(0, starts[0]));
        for (var article = 0; article < starts.Count - 1; article++)
        {
            kept.Append(article == certain || dice.Below(10) == 0 ? "" : body[starts[article]..starts[article + 1]]);
        }

        return starts[^1] < 0 ? body : kept.Append(body, starts[^1], body.Length - starts[^1]).ToString();
    }

    private static string BadCharacter(string body, FaultDice dice)
    {
        var within = body.IndexOf('>', body.Length / 2);
        return within < 0 ? body : body.Insert(within + 1, dice.Below(2) == 0 ? "\u0001" : "&#x0;");
    }

    /// <summary>The count stays; of the ids some or all are left out.</summary>
    private static string FewerIds(string body, FaultDice dice)
    {
        var leaveHalf = dice.Below(2) == 0;
        var seen = 0;
        return Id().Replace(body, id => leaveHalf && seen++ % 2 == 1 ? id.Value : "");
    }

    private static string WithoutHistory(string body, FaultDice dice) => History().Replace(body, "");

    [GeneratedRegex("^<Pubmed(Book)?Article>", RegexOptions.CultureInvariant | RegexOptions.Multiline, 5000)]
    private static partial Regex Article();

    [GeneratedRegex("<Id>[0-9]+</Id>\n", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Id();

    [GeneratedRegex("<QueryKey>[^<]*</QueryKey><WebEnv>[^<]*</WebEnv>", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex History();
}
