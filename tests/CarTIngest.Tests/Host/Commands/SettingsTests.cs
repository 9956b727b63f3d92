namespace CarTIngest.Tests.Host.Commands;

/// <summary>Where settings come from, and exit code 4.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task Names_all_faults_at_once()
    {
        var answered = await cartingest.RunAsync(
            "status", "--set", "Storage:Provider=Oracle", "--set", "Schedule:Night=25:99", "--set", "Sources:PubMed:RequestsPerSecond=abc", "--set", "Http:Retries=many", "--set", "Web:Urls=nowhere");

        answered.Refuses(4, "Storage:Provider", "Oracle", "Schedule:Night", "25:99", "Sources:PubMed:RequestsPerSecond", "abc", "Http:Retries", "many", "Web:Urls", "nowhere");
    }

    [Fact]
    public async Task Names_values_that_can_be_read_and_not_used()
    {
        (string Setting, string Named)[] unusable =
        [
            ("Schedule:TimeZone=Middle/Earth", "Schedule:TimeZone"),
            ("Sources:ClinicalTrials:RequestsPerSecond=-1", "Sources:ClinicalTrials: RequestsPerSecond"),
            ("Sources:ClinicalTrials:BaseAddress=nowhere", "Sources:ClinicalTrials: BaseAddress"),
            ("Sources:PubMed:RequestsPerSecond=-1", "Sources:PubMed: RequestsPerSecond"),
            ("Sources:PubMed:BaseAddress=nowhere", "Sources:PubMed: BaseAddress"),
            ("Http:AttemptTimeoutSeconds=0", "Http: AttemptTimeoutSeconds"),
            ("Nightly:ChangeWindowDays=soon", "Nightly:ChangeWindowDays"),
        ];

        var answered = await cartingest.RunAsync(["migrate", .. unusable.SelectMany(pair => new[] { "--set", pair.Setting })]);

        answered.Refuses(4, [.. unusable.Select(pair => pair.Named)]);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("serve")]
    public async Task The_real_service_is_not_asked_before_it_is_told_whom_to_write_to(string verb)
    {
        (await cartingest.RunAsync(verb, "--set", "Web:Urls=http://127.0.0.1:0")).Refuses(4, "Email", "--set Sources:PubMed:Email=");

        Assert.Empty(Directory.EnumerateFileSystemEntries(cartingest.Folder));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("verify")]
    [InlineData("export --format jsonl --of all")]
    [InlineData("run --dry-run --set Sources:PubMed:Email=you@hospital.example")]
    public async Task Without_a_store_it_says_what_to_do_and_makes_none(string call)
    {
        (await cartingest.RunAsync(call.Split(' '))).Refuses(4, "There is no store yet", "cartingest run");

        Assert.Empty(Directory.EnumerateFileSystemEntries(cartingest.Folder));
    }

    [Fact]
    public async Task The_environment_stands_over_the_file_and_set_over_the_environment()
    {
        cartingest.Environment["Schedule__Night"] = "25:99";

        (await cartingest.RunAsync("status")).Refuses(4, "25:99");
        (await cartingest.RunAsync("status", "--set", "Schedule:Night=25:98")).Refuses(4, "25:98");
        (await cartingest.RunAsync("status", "--set", "Schedule:Night=25:98", "--set", "schedule:night=21:00")).Refuses(4, "There is no store yet");
    }

    [Fact]
    public async Task A_value_may_stand_in_a_file_that_the_environment_names()
    {
        cartingest.Environment["Schedule__Night_FILE"] = cartingest.Write("night.txt", "25:97\n");

        (await cartingest.RunAsync("status")).Refuses(4, "'25:97'");
    }

    [Fact]
    public async Task A_file_that_the_environment_names_must_be_there()
    {
        cartingest.Environment["Sources__PubMed__ApiKey_FILE"] = "absent.txt";

        (await cartingest.RunAsync("status")).Refuses(4, "Sources__PubMed__ApiKey_FILE", "absent.txt");
    }

    [Theory]
    [InlineData("migrate --store no.db")]
    [InlineData("migrate --set Storage:ConnectionString=Filename=no.db")]
    [InlineData("status --set Storage:ConnectionString=Filename=no.db")]
    [InlineData("migrate --set Storage:ConnectionString=nonsense")]
    public async Task A_file_that_is_no_store_is_refused_and_left_as_it_is(string call)
    {
        var file = cartingest.Write("no.db", new string('x', 5000));

        (await cartingest.RunAsync(call.Split(' '))).Refuses(4, "cannot be");

        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task An_end_that_nobody_foresaw_is_a_bug_and_says_so()
    {
        cartingest.Write("nights/2031-03-01.full.jsonl", InventedRecords.Study);
        cartingest.Environment["TMPDIR"] = Path.Combine(cartingest.Folder, "nowhere");

        Assert.Contains("Please report it", (await cartingest.RunAsync("rehearse", "--nights", "nights")).Ends(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_folder_that_is_not_there_is_named() => (await cartingest.RunAsync("search", "--set", "Review:Folder=nowhere")).Refuses(4, "nowhere", "Review:Folder");
}
