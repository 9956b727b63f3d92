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
            "status", "--set", "Storage:Provider=Oracle", "--set", "Schedule:Night=25:99", "--set", "Sources:PubMed:RequestsPerSecond=abc", "--set", "Http:Retries=many", "--set", "Web:Urls=nowhere", "--set", "Nightly:ChangeWindowDays=soon");

        answered.Refuses(4, "Storage:Provider", "Oracle", "Schedule:Night", "25:99", "Sources:PubMed:RequestsPerSecond", "abc", "Http:Retries", "many", "Web:Urls", "nowhere", "Nightly:ChangeWindowDays", "soon");
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
            ("Nightly:ChangeWindowDays=0", "Nightly: ChangeWindowDays"),
            ("Nightly:ToleratedShrinkPercent=101", "Nightly: ToleratedShrinkPercent"),
            ("Nightly:Plenty=-1", "Nightly: Plenty"),
            ("Nightly:SecondLookAfterSeconds=NaN", "Nightly: SecondLookAfterSeconds"),
            ("Http:TotalTimeoutSeconds=1e300", "Http: TotalTimeoutSeconds"),
            ("Storage:Provider=7", "Storage:Provider is 7"),
        ];

        var answered = await cartingest.RunAsync(["migrate", .. unusable.SelectMany(pair => new[] { "--set", pair.Setting })]);

        answered.Refuses(4, [.. unusable.Select(pair => pair.Named)]);
    }

    [Fact]
    public async Task A_misspelt_setting_is_a_fault_wherever_it_stands()
    {
        cartingest.Environment["Nightly__Plentty"] = "3";
        string[] misspelt = ["Http:Retrys", "Frob:Key", "Sources:PubMeed:Email", "Sources:PubMed:Emial", "Web:Addresses", "Review:Foldr", "Storage:Provider:Name"];

        var answered = await cartingest.RunAsync(["status", .. misspelt.SelectMany(key => new[] { "--set", $"{key}=1" })]);

        answered.Refuses(4, "Http:Retrys is no setting", "Frob is no section", "Sources:PubMeed is no source", "Sources:PubMed:Emial", "Web:Addresses", "Review:Foldr", "Storage:Provider:Name", "Nightly:Plentty");
    }

    [Fact]
    public async Task Settings_that_have_no_user_yet_and_variables_of_others_are_let_be()
    {
        cartingest.Environment["Frob__Key"] = "1";
        cartingest.Environment["Frob__Key_FILE"] = "absent.txt";
        cartingest.Environment["Alerts__Smtp__Host"] = "mail.hospital.example";

        (await cartingest.RunAsync("status", "--set", "Web:PublicAddress=https://review.hospital.example", "--set", "Alerts:Transport=spool", "--set", "Logging:LogLevel:Frob=None")).Refuses(4, "There is no store yet");
    }

    [Fact]
    public async Task An_address_that_nobody_can_listen_on_is_refused()
    {
        foreach (var pair in new[] { "foo:0", "", ";", "https://127.0.0.1:0", "http://127.0.0.1:99999", "http://localhost:0", "http://127.0.0.1:5080/path", "unix:/tmp/socket" }.Chunk(2))
        {
            foreach (var answered in await Task.WhenAll(pair.Select(address => cartingest.RunAsync("serve", "--set", $"Web:Urls={address}", "--set", "Sources:PubMed:Email=you@hospital.example"))))
            {
                answered.Refuses(4, "Web:Urls", "http://127.0.0.1:5080");
            }
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(cartingest.Folder));
    }

    [Fact]
    public async Task A_store_may_have_any_name()
    {
        (await cartingest.RunAsync("migrate", "--store", "a;b = 'c'")).Ends(0);

        (await cartingest.RunAsync("status", "--store", "a;b = 'c'")).Ends(0);
        Assert.True(File.Exists(Path.Combine(cartingest.Folder, "a;b = 'c'", "cartingest.db")));
    }

    [Fact]
    public async Task Who_only_looks_makes_no_folder()
    {
        (await cartingest.RunAsync("status", "--store", "nothere")).Refuses(4, "There is no store yet");
        (await cartingest.RunAsync("doctor", "--store", "nothere", "--set", "Http:FirstPauseSeconds=0.01", "--set", "Sources:PubMed:BaseAddress=http://127.0.0.1:9/", "--set", "Sources:ClinicalTrials:BaseAddress=http://127.0.0.1:9/")).Ends(3);

        Assert.Empty(Directory.EnumerateFileSystemEntries(cartingest.Folder));
    }

    [SkippableTheory]
    [InlineData("/proc/store")]
    [InlineData("/proc")]
    public async Task A_folder_that_cannot_be_written_is_refused(string folder)
    {
        Shared.Require(Directory.Exists("/proc"), "there is no /proc here");

        (await cartingest.RunAsync("migrate", "--store", folder)).Refuses(4, "store", "--store FOLDER");
    }

    [Fact]
    public async Task The_demo_is_the_same_in_every_environment()
    {
        cartingest.Environment["Review__Folder"] = "/nowhere";
        cartingest.Environment["Storage__Provider"] = "PostgreSql";
        cartingest.Environment["Sources__PubMed__ApiKey_FILE"] = "absent.txt";

        Assert.Equal(2, (await cartingest.RunAsync("demo", "--exit", "--json")).Ends(0).Lines.Count);
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

        var answered = await cartingest.RunAsync("status");

        answered.Refuses(4, "'25:97'");
        Assert.DoesNotContain("_FILE", answered.Error, StringComparison.Ordinal);
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
