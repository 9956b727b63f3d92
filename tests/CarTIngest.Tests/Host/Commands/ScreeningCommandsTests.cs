using System.Text.Json;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>queue, queue decide, base import and catch-up over the command line. What a night would bring to the queue is written beforehand.</summary>
public sealed class ScreeningCommandsTests : IDisposable
{
    private const string Article = "pmid:90000001";
    private const string Trial = "nct:NCT99000001";

    private readonly Cartingest cartingest = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    [Fact]
    public async Task The_queue_lists_what_waits_in_the_shape_of_the_contract()
    {
        await QueueAsync();

        var items = (await cartingest.CallAsync("queue", "--json")).Ends(0).Json;

        Assert.Equal([Trial, Article], items.Select(item => item.GetProperty("study").GetString()));
        Assert.Equal("study by stage state since overdue subject voted title", Answered.Members(items[0]));
        Assert.Equal($$"""{"study":"{{Article}}","by":"{{Article}}","stage":"title","state":"awaiting_first","since":"2031-03-02","overdue":false,"subject":"{{Article}}","voted":[],"title":"CAR-T & H2O é"}""", items[1].GetRawText());
    }

    [Fact]
    public async Task Two_people_vote_a_paper_on_to_its_full_text_and_each_sees_what_awaits_them()
    {
        await QueueAsync();

        var first = Assert.Single((await DecideAsync(Article, "title", "include", "Ada", "--json")).Ends(0).Json);
        Assert.Equal("decision at as study subject kind what state", Answered.Members(first));
        Assert.Equal("""{"choice":"include","stage":"title"}""", first.GetProperty("what").GetRawText());
        Assert.Equal("awaiting_second", first.GetProperty("state").GetString());
        Assert.Equal([Trial], await AwaitingAsync("ada"));
        Assert.Equal([Trial, Article], await AwaitingAsync("Ben"));
        Assert.Contains("It is now: advanced", (await DecideAsync("90000001", "title", "include", "Ben")).Ends(0).Out, StringComparison.Ordinal);
        var waiting = (await cartingest.CallAsync("queue", "--json")).Ends(0).Json.Single(item => item.GetProperty("study").GetString() == Article);
        Assert.Equal(("full", "awaiting_first"), (waiting.GetProperty("stage").GetString(), waiting.GetProperty("state").GetString()));
        (await DecideAsync(Article, "full", "exclude", "Ada", "--reason", "no_aml")).Ends(0);
        (await DecideAsync(Article, "full", "exclude", "Ben", "--reason", "not_car_t")).Ends(0);
        waiting = (await cartingest.CallAsync("queue", "--json")).Ends(0).Json.Single(item => item.GetProperty("study").GetString() == Article);
        Assert.Equal("reason_conflict", waiting.GetProperty("state").GetString());
        Assert.True(Assert.Single((await cartingest.CallAsync("verify", "--json")).Ends(0).Json).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_registration_that_advanced_waits_for_results_and_has_no_full_text()
    {
        await QueueAsync();
        (await DecideAsync(Trial, "title", "include", "Ada")).Ends(0);
        (await DecideAsync(Trial, "title", "include", "Ben")).Ends(0);

        Assert.Contains("awaiting_results", (await cartingest.CallAsync("queue")).Ends(0).Out, StringComparison.Ordinal);
        (await DecideAsync(Trial, "full", "include", "Ada")).Refuses(2, "waits for results");
    }

    [Fact]
    public async Task What_may_not_be_is_refused_with_what_to_do_instead()
    {
        await QueueAsync();
        (await DecideAsync(Article, "title", "include", "Ada")).Ends(0);

        (await DecideAsync("pmid:5", "title", "include", "Ada")).Refuses(2, "'pmid:5' is not in the queue", "cartingest queue");
        (await DecideAsync("pmid:90000002", "title", "include", "Ada")).Refuses(2, "is not in the queue");
        (await DecideAsync(Article, "title", "exclude", "Ada")).Refuses(2, "Undo that vote first");
        (await DecideAsync(Article, "title", "exclude", "Ben", "--reason", "dull")).Refuses(2, "There is no reason 'dull'", "not_car_t");
        (await DecideAsync(Article, "title", "perhaps", "Ben")).Refuses(2, "perhaps", "Try: cartingest queue decide --help");
        (await DecideAsync(Article, "abstract", "include", "Ben")).Refuses(2, "abstract");
        (await DecideAsync(Article, "title", "include", " ")).Refuses(2, "is no name");
        (await DecideAsync(Article, "full", "include", "Ben")).Refuses(2, "not through the title stage");
        (await DecideAsync(Article, "title", "include", "Ben")).Ends(0);
        (await DecideAsync(Article, "full", "exclude", "Ada")).Refuses(2, "has a reason");
        (await cartingest.CallAsync("queue", "decide", Article)).Refuses(2, "--stage");
        (await cartingest.CallAsync("queue", "--store", "absent")).Refuses(4, "There is no store yet");
    }

    [Fact]
    public async Task A_teams_protocol_is_followed_and_a_broken_one_is_named_with_its_line()
    {
        await QueueAsync();
        cartingest.Write("review/protocol.json", """
            {"version": "2", "review": "ours",
             "stages": [{"stage": "title", "policy": "one_include_advances_two_exclude", "queueAgeLimitDays": 1}, {"stage": "full", "policy": "dual", "queueAgeLimitDays": 9}],
             "reasons": [{"code": "mine", "words": "my reason"}], "audit": {"monthlyShare": 0.1, "seed": 3}}
            """);
        var bundled = Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review");
        cartingest.Write("review/rulebook.json", await File.ReadAllTextAsync(Path.Combine(bundled, "rulebook.json")));
        foreach (var words in Directory.EnumerateFiles(Path.Combine(bundled, "lexicon")))
        {
            cartingest.Write($"review/lexicon/{Path.GetFileName(words)}", await File.ReadAllTextAsync(words));
        }

        string[] ours = ["--set", $"Review:Folder={cartingest.InFolder("review")}"];

        Assert.Contains("It is now: advanced", (await DecideAsync(Article, "title", "include", "Ada", ours)).Ends(0).Out, StringComparison.Ordinal);
        Assert.Contains("all that matches is screened", (await cartingest.CallAsync(["queue", .. ours])).Ends(0).Error, StringComparison.Ordinal);
        Assert.Contains("Unlikely is set aside by the bundled review", (await cartingest.CallAsync("queue")).Ends(0).Error, StringComparison.Ordinal);
        cartingest.Write("review/protocol.json", "{\"version\": \"2\",\n\"stages\": []}");
        (await cartingest.CallAsync(["queue", .. ours])).Refuses(4, "protocol.json(2): \"stages\" has title and full", "write \"review\"");
    }

    [Fact]
    public async Task A_store_that_nobody_screens_has_the_state_that_it_had_before_there_was_screening()
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
        (await cartingest.CallAsync("import", cartingest.InFolder("records"))).Ends(0);

        Assert.Equal(
            "sha256:50367224e0444594ba27edae7853de1dab791c366803aec6ccef78652fb2c2e9",
            Assert.Single((await cartingest.CallAsync("verify", "--json")).Ends(0).Json).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Of_five_processes_that_vote_at_once_two_are_heard_and_the_chain_holds()
    {
        await QueueAsync();

        var answered = await Task.WhenAll(Enumerable.Range(1, 5).Select(number => cartingest.RunAsync("queue", "decide", Article, "--stage", "title", "--vote", "include", "--as", $"reviewer {number}")));

        Assert.Equal([0, 0, 2, 2, 2], answered.Select(answer => answer.Code).Order());
        Assert.All(answered.Where(answer => answer.Code == 2), answer => answer.Refuses(2, "is settled"));
        (await cartingest.CallAsync("verify")).Ends(0);
    }

    [Fact]
    public async Task A_tampered_decision_ends_verify_with_7_and_is_named()
    {
        await QueueAsync();
        (await DecideAsync(Article, "title", "include", "Ada")).Ends(0);
        (await DecideAsync(Article, "title", "include", "Ben")).Ends(0);
        await using (var connection = new SqliteConnection($"Data Source={cartingest.InFolder("cartingest.db")}"))
        {
            connection.Open();
            using var tamper = connection.CreateCommand();
            tamper.CommandText = "UPDATE \"Decisions\" SET \"By\" = 'Mallory' WHERE \"Number\" = 2";
            Assert.Equal(1, tamper.ExecuteNonQuery());
        }

        Assert.Contains("Decision 2 was altered", (await cartingest.CallAsync("verify")).Ends(7).Out, StringComparison.Ordinal);
        (await DecideAsync(Trial, "title", "include", "Ada")).Refuses(7, "Decision 2 was altered", "verify");
    }

    [Fact]
    public async Task A_base_review_comes_in_whole_says_its_difference_and_the_same_again_changes_nothing()
    {
        cartingest.Write("review/base.json", """{"version": "1.0", "doi": "10.9999/invented", "searchDate": "January 2025", "studies": 3, "patients": 40}""");
        cartingest.Write("review/included.csv", "study,pmid,nct,patients,note\nMuster 2020,90000001,NCT99000001,12,\nNobody 2021,90000002,,NR,letter\n");

        var first = Assert.Single((await cartingest.CallAsync("base", "import", cartingest.InFolder("review"), "--json")).Ends(0).Json);
        var again = Assert.Single((await cartingest.CallAsync("base", "import", cartingest.InFolder("review"), "--json")).Ends(0).Json);

        Assert.Equal(
            """{"version":"1.0","doi":"10.9999/invented","searchDate":"2025-01","did":"new","published":{"studies":3,"patients":40},"rows":{"studies":2,"reports":3,"patients":12,"notReported":1},"difference":["Studies: 3 as published, 2 in the rows; 1 fewer in the rows.","Patients: 40 as published, 12 in the rows; 28 fewer in the rows.","1 study does not report patients; they are not counted as 0."]}""",
            first.GetRawText());
        Assert.Equal("unchanged", again.GetProperty("did").GetString());
        Assert.Contains("nothing changed", (await cartingest.CallAsync("base", "import", cartingest.InFolder("review"))).Ends(0).Out, StringComparison.Ordinal);
        cartingest.Write("review/included.csv", "study,pmid,nct,patients,note\nMuster 2020,9000000x,,0,\n");
        (await cartingest.CallAsync("base", "import", cartingest.InFolder("review"))).Refuses(2, "Nothing was imported", "included.csv(2): '9000000x' is no pmid number", "included.csv(2): '0' is no number of patients");
        (await cartingest.RunAsync("base", "import", "nowhere")).Refuses(2, "There is no folder nowhere");
        File.Delete(Path.Combine(cartingest.InFolder("review"), "base.json"));
        (await cartingest.CallAsync("base", "import", cartingest.InFolder("review"))).Refuses(2, "base.json", "for example");
    }

    [Fact]
    public async Task What_is_outside_the_queue_is_listed_and_the_leads_choice_kept_with_date_and_counts()
    {
        await QueueAsync();
        Assert.Contains("There is no base review", (await cartingest.CallAsync("catch-up")).Ends(0).Out, StringComparison.Ordinal);
        (await cartingest.CallAsync("catch-up", "--choose", "accept", "--as", "Ada")).Refuses(2, "no base review");
        cartingest.Write("review/base.json", """{"version": "1.0", "doi": "10.9999/invented", "searchDate": "2025-01", "studies": 1}""");
        cartingest.Write("review/included.csv", "study,pmid,nct,patients,note\nMuster 2020,90000001,,,\n");
        (await cartingest.CallAsync("base", "import", cartingest.InFolder("review"))).Ends(0);

        var listed = Assert.Single((await cartingest.CallAsync("catch-up", "--json")).Ends(0).Json);
        Assert.Equal("""{"study":"pmid:90000002","by":"pmid:90000002","verdict":"possible","title":"Invented Reviews"}""", listed.GetRawText());
        (await cartingest.CallAsync("catch-up", "--choose", "accept")).Refuses(2, "--as NAME");
        (await cartingest.CallAsync("catch-up", "--choose", "screen-these", "--as", "Ada")).Refuses(2, "--study STUDY");
        (await cartingest.CallAsync("catch-up", "--choose", "screen-these", "--study", "pmid:1", "--as", "Ada")).Refuses(2, "'pmid:1' is not outside the queue");
        (await cartingest.CallAsync("catch-up", "--choose", "screen-all", "--study", "pmid:90000002", "--as", "Ada")).Refuses(2, "name none");
        var chosen = Assert.Single((await cartingest.CallAsync("catch-up", "--choose", "screen-these", "--study", "pmid:90000002", "--as", "Ada", "--json")).Ends(0).Json);
        Assert.Equal(("screen_these", 0, 1), (chosen.GetProperty("choice").GetString(), chosen.GetProperty("likely").GetInt32(), chosen.GetProperty("possible").GetInt32()));
        Assert.Contains("Ada chose screen_these over 0 likely and 1 possible, of which 1 are screened", (await cartingest.CallAsync("catch-up")).Ends(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vote_is_taken_back_a_conflict_adjudicated_a_full_text_found_and_a_class_given()
    {
        await QueueAsync();
        (await DecideAsync(Article, "title", "exclude", "Ada")).Ends(0);
        (await OnAsync("undo", Article, "Ben", "--stage", "title")).Refuses(2, "no vote");
        Assert.Contains("It is now: awaiting_first", (await OnAsync("undo", Article, "Ada", "--stage", "title")).Ends(0).Out, StringComparison.Ordinal);
        (await DecideAsync(Article, "title", "exclude", "Ada")).Ends(0);
        (await DecideAsync(Article, "title", "include", "Ben")).Ends(0);
        (await OnAsync("adjudicate", Article, "Ben", "--stage", "title", "--vote", "include")).Refuses(2, "third person");
        Assert.Contains("It is now: advanced", (await OnAsync("adjudicate", Article, "Cleo", "--stage", "title", "--vote", "include")).Ends(0).Out, StringComparison.Ordinal);
        (await OnAsync("full-text", Article, "Ada", "--state", "obtained")).Refuses(2, "has a link");
        (await OnAsync("full-text", Article, "Ada", "--state", "obtained", "--link", "https://example.org/1")).Ends(0);
        Assert.Contains("\"fullText\":\"obtained\"", (await cartingest.CallAsync("queue", "--json")).Ends(0).Out, StringComparison.Ordinal);
        (await OnAsync("class", Article, "Ada", "--class", "included")).Refuses(2, "not through the full-text stage");
        (await OnAsync("class", Article, "Ada", "--class", "awaiting-classification")).Ends(0);
        Assert.Equal([Trial], await AwaitingAsync("Dora"));
    }

    [Fact]
    public async Task Who_declared_a_tie_neither_votes_nor_is_asked_to()
    {
        await QueueAsync();
        (await OnAsync("tie", Trial, "Ada", "--because", "its investigator")).Ends(0);

        (await DecideAsync(Trial, "title", "include", "ada")).Refuses(2, "declared a tie to nct:NCT99000001");
        Assert.Equal([Article], await AwaitingAsync("Ada"));
    }

    [Fact]
    public async Task What_the_audit_found_is_k_of_n_with_its_bound()
    {
        await QueueAsync();
        (await DecideAsync(Trial, "title", "exclude", "Ada")).Ends(0);
        (await DecideAsync(Trial, "title", "exclude", "Ben")).Ends(0);

        var audit = Assert.Single((await cartingest.CallAsync("queue", "--audit", "--json")).Ends(0).Json);

        Assert.Equal("""{"month":"2031-03","of":"audit_drawn","entered":1,"settled":1,"advanced":0,"atMost":0.95,"says":"0 of 1, at most 95.0 % (one-sided 95 % bound)"}""", audit.GetRawText());
        Assert.Contains("0 of 1, at most 95.0 %", (await cartingest.CallAsync("queue", "--audit")).Ends(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_are_listed_with_what_asked_for_them_until_they_are_done()
    {
        await QueueAsync();

        var task = Assert.Single((await cartingest.CallAsync("queue", "--tasks", "--json")).Ends(0).Json);

        Assert.Equal($$"""{"study":"{{Trial}}","task":"results_available","because":"new_report","by":"{{Article}}","since":"2031-03-02","fields":[]}""", task.GetRawText());
        string[] done = ["--task", "results-available", "--because", "new_report", "--by", Article, "--since"];
        (await OnAsync("settle", Trial, "Ada", [.. done, "2031-03-03"])).Refuses(2, "no such open task");
        (await OnAsync("settle", Trial, "Ada", [.. done, "2031-03-02"])).Ends(0);
        Assert.Empty((await cartingest.CallAsync("queue", "--tasks", "--json")).Ends(0).Lines);
    }

    private Task<Answered> OnAsync(string verb, string study, string name, params string[] more) => cartingest.CallAsync(["queue", verb, study, "--as", name, .. more]);

    private Task<Answered> DecideAsync(string study, string stage, string vote, string name, params string[] more) =>
        cartingest.CallAsync(["queue", "decide", study, "--stage", stage, "--vote", vote, "--as", name, .. more]);

    private async Task<IEnumerable<string?>> AwaitingAsync(string name) =>
        (await cartingest.CallAsync("queue", "--as", name, "--json")).Ends(0).Json.Select((JsonElement item) => item.GetProperty("study").GetString());

    /// <summary>Three records held, two of them in the queue, one outside it.</summary>
    private async Task QueueAsync()
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
        (await cartingest.CallAsync("import", cartingest.InFolder("records"))).Ends(0);
        static QueueEntry Entry(string id, Verdict verdict, QueueWay way) => new(id, Judged.Id(id), verdict, way);
        var stores = new StoreFactory(new StorageOptions { ConnectionString = StorageOptions.ConnectionTo(cartingest.InFolder("cartingest.db")) });
        await using var store = stores.Open();
        var task = new StudyTask(Trial, TaskKind.ResultsAvailable, TaskCause.NewReport, Judged.Id(Article), []);
        await QueueBook.WriteAsync(store, new QueueNight([Entry(Article, Verdict.Likely, QueueWay.Verdict), Entry(Trial, Verdict.Unlikely, QueueWay.AuditDrawn)], [task], [Entry("pmid:90000002", Verdict.Possible, QueueWay.CatchUp)]), new QueueRun(null, new DateOnly(2031, 3, 2)), CancellationToken.None);
    }
}
