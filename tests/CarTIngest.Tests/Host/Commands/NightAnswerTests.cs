using System.Globalization;
using CarTIngest.Tests.Rehearsal;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>A night in words: what entered the queue, and what is asked of the studies that were there.</summary>
public sealed class NightAnswerTests : IDisposable
{
    private const string Title = "Phase 1 trial of CD33 CAR-T cells in acute myeloid leukemia";

    private readonly Cartingest cartingest = new();
    private readonly RecordedNights nights = new RecordedNights()
        .Full(RecordedNights.First, RecordedNights.Study("NCT99000001"))
        .Update(RecordedNights.First, [.. Enumerable.Range(90000001, 22).Select(pmid => RecordedNights.Article(pmid, title: string.Create(CultureInfo.InvariantCulture, $"{Title}, part {pmid}")))])
        .Update(RecordedNights.Second, RecordedNights.Article(90000003, title: $"{Title}, in other words"));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        nights.Dispose();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Names_what_entered_the_queue_and_what_is_asked()
    {
        string[] play = ["rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed];
        var reports = (await cartingest.CallAsync([.. play, "--store", "machine", "--json"])).Ends(0).Json;

        var told = (await cartingest.CallAsync([.. play, "--store", "people"])).Ends(0).Out;

        var likely = reports[0].GetProperty("likely").EnumerateArray().Select(id => id.GetString()!).ToList();
        Assert.Equal(22, likely.Count);
        Assert.Contains($"  entered as likely: {string.Join(", ", likely.Take(20))} and 2 more: cartingest queue\n", told, StringComparison.Ordinal);
        Assert.DoesNotContain("entered as possible", told, StringComparison.Ordinal);
        Assert.Equal(1, reports[1].GetProperty("tasks").GetArrayLength());
        Assert.Contains("  ASKED, screen_again: of study pmid:90000003, because of verdict, by pmid:90000003\n", told, StringComparison.Ordinal);
    }
}
