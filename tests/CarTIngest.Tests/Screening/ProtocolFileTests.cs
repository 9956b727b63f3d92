using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

public sealed class ProtocolFileTests
{
    private const string Whole =
        """
        {
          // What a team may write for itself.
          "version": "2",
          "review": "a review",
          "stages": [
            { "stage": "title", "policy": "single_with_audit", "share": 0.2, "queueAgeLimitDays": 7 },
            { "stage": "full", "policy": "one_include_advances_two_exclude", "queueAgeLimitDays": 30 },
          ],
          "reasons": [
            { "code": "not_car_t", "words": "not CAR-T" },
            { "code": "no_aml", "words": "no AML patients" }
          ],
          "audit": { "monthlyShare": 0.05, "seed": 7 }
        }
        """;

    [Fact]
    public void Takes_what_a_team_wrote_and_adopts_nothing_by_itself()
    {
        var protocol = ProtocolFile.Read(Whole, "protocol.json");

        Assert.Equal(new StageRule(Stage.Title, ScreeningPolicy.SingleWithAudit, 0.2, 7), protocol.At(Stage.Title));
        Assert.Equal(new StageRule(Stage.Full, ScreeningPolicy.OneIncludeAdvancesTwoExclude, null, 30), protocol.At(Stage.Full));
        Assert.Equal(["not_car_t", "no_aml"], protocol.Reasons.Select(reason => reason.Code));
        Assert.Equal(new AuditPlan(0.05, 7), protocol.Audit);
        Assert.Null(protocol.UnlikelySetAside);
        Assert.Null(ProtocolFile.Plain.UnlikelySetAside);
    }

    [Fact]
    public void The_bundled_review_sets_unlikely_aside_and_says_so()
    {
        var protocol = ProtocolFile.Read(File.ReadAllText(Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review", "protocol.json")), "protocol.json");

        Assert.True(protocol.UnlikelySetAside!.Covers("sha256:any at all"));
        Assert.Contains("not screened", protocol.UnlikelySetAside.Says, StringComparison.Ordinal);
        Assert.Equal(
            ["no humans treated", "not CAR-T", "no AML patients", "AML not relapsed or refractory", "AML not separable in a basket", "no original data", "same patients as another report", "other"],
            protocol.Reasons.Select(reason => reason.Words));
    }

    [Theory]
    [InlineData("\"dual\"", "dual", "(1): this is no JSON")]
    [InlineData("\"version\": \"2\",", "", "(1): write \"version\": \"1.0\".")]
    [InlineData("single_with_audit", "double", "(6): write \"policy\": one of dual, one_include_advances_two_exclude, single_with_audit.")]
    [InlineData("\"share\": 0.2", "\"share\": 2", "(6): write \"share\": 0.1 (a share, more than 0 and at most 1).")]
    [InlineData("one_include_advances_two_exclude\"", "dual\", \"share\": 0.1", "(7): a share belongs to the policy single_with_audit")]
    [InlineData("\"full\"", "\"title\"", "(5): \"stages\" has title and full")]
    [InlineData("\"queueAgeLimitDays\": 30", "\"queueAgeLimitDays\": 0", "(7): write \"queueAgeLimitDays\": 14")]
    [InlineData("queueAgeLimitDays\": 30", "queueAge\": 30", "(7): a stage has no 'queueAge'; it has stage, policy")]
    [InlineData("no_aml", "not_car_t", "(11): the code 'not_car_t' stands twice")]
    [InlineData("no_aml", "No AML", "(11): the code 'No AML' is typed by people")]
    [InlineData("\"seed\": 7", "\"seed\": 7.5", "(13): write \"seed\": 1 (a whole number")]
    [InlineData("\"seed\": 7 }", "\"seed\": 7 }, \"unlikelySetAside\": { \"by\": \"Ada\", \"on\": \"1 May\", \"rulebook\": \"any\", \"says\": \"why\" }", "(13): '1 May' is no day: write yyyy-MM-dd")]
    [InlineData("\"seed\": 7 }", "\"seed\": 7 }, \"unlikelySetAside\": { \"by\": \"\", \"on\": \"2026-05-01\", \"rulebook\": \"any\", \"says\": \"why\" }", "(13): write \"by\": \"the lead's name\".")]
    [InlineData("\"seed\": 7 }", "\"seed\": 7 }, \"unlikelySetAside\": { \"by\": \"Ada\", \"on\": \"2026-05-01\", \"rulebook\": \"new\", \"says\": \"why\" }", "(13): 'new' is no rulebook")]
    public void A_fault_is_named_with_its_line_and_what_to_write_instead(string words, string instead, string says)
    {
        var broken = instead == "dual" ? "dual" : Whole.Replace(words, instead, StringComparison.Ordinal);

        var fault = Assert.Throws<ReviewFileException>(() => ProtocolFile.Read(broken, "team/protocol.json"));

        Assert.Contains($"team/protocol.json{says}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once() =>
        Assert.Equal(3, Assert.Throws<ReviewFileException>(() => ProtocolFile.Read(Whole.Replace("\"share\": 0.2", "\"share\": 0", StringComparison.Ordinal).Replace("\"review\"", "\"revue\"", StringComparison.Ordinal), "protocol.json")).Faults.Count);
}
