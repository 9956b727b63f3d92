using System.Globalization;
using System.Text;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>Reads <c>protocol.json</c>. A broken file is refused whole, with every fault's line and what to write instead.</summary>
public static class ProtocolFile
{
    public const string Name = "protocol.json";

    private const string StagesExample = """[{"stage": "title", "policy": "dual", "queueAgeLimitDays": 14}, {"stage": "full", "policy": "dual", "queueAgeLimitDays": 30}]""";

    private const string ReasonsExample = """[{"code": "not_car_t", "words": "not CAR-T"}]""";

    private const string AdoptionExample = """{"by": "the lead's name", "on": "2026-01-31", "rulebook": "any", "says": "why"}""";

    /// <summary>For a review folder without the file: two people agree at both stages, the eight reasons, nothing is set aside.</summary>
    public static Protocol Plain { get; } = Read(
        """
        {
          "version": "0",
          "review": "a review without a protocol",
          "stages": [{"stage": "title", "policy": "dual", "queueAgeLimitDays": 14}, {"stage": "full", "policy": "dual", "queueAgeLimitDays": 30}],
          "reasons": [
            {"code": "no_humans", "words": "no humans treated"},
            {"code": "not_car_t", "words": "not CAR-T"},
            {"code": "no_aml", "words": "no AML patients"},
            {"code": "not_relapsed_refractory", "words": "AML not relapsed or refractory"},
            {"code": "aml_not_separable", "words": "AML not separable in a basket"},
            {"code": "no_original_data", "words": "no original data"},
            {"code": "same_patients", "words": "same patients as another report"},
            {"code": "other", "words": "other"}
          ],
          "audit": {"monthlyShare": 0.01, "seed": 1}
        }
        """,
        Name);

    /// <param name="file">As faults name it.</param>
    /// <exception cref="ReviewFileException">The text is no protocol.</exception>
    public static Protocol Read(string text, string file)
    {
        var reading = new ReviewFile(file);
        var root = reading.Root(text, """{"version": "1.0", "review": "…", "stages": […], "reasons": […], "audit": {…}}""");
        var members = reading.Members(root, "the protocol", "version", "review", "stages", "reasons", "audit", "unlikelySetAside");
        var protocol = new Protocol(
            reading.Text(root, members, "version", "1.0"),
            reading.Text(root, members, "review", "what the review is about"),
            Stages(reading, root, members.GetValueOrDefault("stages")),
            Reasons(reading, root, members.GetValueOrDefault("reasons")),
            Audit(reading, root, members.GetValueOrDefault("audit")),
            members.TryGetValue("unlikelySetAside", out var adoption) && adoption.Kind != JsonValueKind.Null ? AdoptionOf(reading, adoption) : null,
            ContentHash.Of(Encoding.UTF8.GetBytes(text)));
        reading.EndIfFaulty();
        return protocol;
    }

    private static List<StageRule> Stages(ReviewFile reading, LinedJson root, LinedJson? list)
    {
        var rules = (list?.Items ?? []).Select(item => StageOf(reading, item)).ToList();
        if (!rules.Select(rule => rule.Stage).SequenceEqual(Enum.GetValues<Stage>()))
        {
            reading.Fault(list?.Line ?? root.Line, $"\"stages\" has title and full, once each and in this order: {StagesExample}.");
        }

        return rules;
    }

    private static StageRule StageOf(ReviewFile reading, LinedJson item)
    {
        var members = reading.Members(item, "a stage", "stage", "policy", "share", "queueAgeLimitDays");
        var policy = reading.OneOf<ScreeningPolicy>(item, members, "policy");
        if (policy != ScreeningPolicy.SingleWithAudit && members.TryGetValue("share", out var stray))
        {
            reading.Fault(stray.Line, "a share belongs to the policy single_with_audit; strike it, or write that policy.");
        }

        return new StageRule(
            reading.OneOf<Stage>(item, members, "stage"),
            policy,
            policy == ScreeningPolicy.SingleWithAudit ? reading.Share(item, members, "share", "0.1") : null,
            (int)reading.Whole(item, members, "queueAgeLimitDays", 1, 3650, "14"));
    }

    private static List<ExclusionReason> Reasons(ReviewFile reading, LinedJson root, LinedJson? list)
    {
        if (list is not { Kind: JsonValueKind.Array, Items.Count: > 0 })
        {
            reading.Fault(list?.Line ?? root.Line, $"write \"reasons\": the reasons for exclusion in their order, for example {ReasonsExample}.");
            return [];
        }

        var reasons = new List<ExclusionReason>();
        foreach (var item in list.Items)
        {
            var members = reading.Members(item, "a reason", "code", "words");
            var reason = new ExclusionReason(reading.Text(item, members, "code", "not_car_t"), reading.Text(item, members, "words", "not CAR-T"));
            if (reason.Code.Any(sign => !char.IsAsciiLetterLower(sign) && !char.IsAsciiDigit(sign) && sign != '_'))
            {
                reading.Fault(item.Line, $"the code '{reason.Code}' is typed by people: small letters, digits and _ alone, for example not_car_t.");
            }
            else if (reason.Code.Length > 0 && reasons.Exists(earlier => earlier.Code == reason.Code))
            {
                reading.Fault(item.Line, $"the code '{reason.Code}' stands twice; give each reason its own.");
            }

            reasons.Add(reason);
        }

        return reasons;
    }

    private static AuditPlan Audit(ReviewFile reading, LinedJson root, LinedJson? audit)
    {
        if (audit is null)
        {
            reading.Fault(root.Line, """write "audit": {"monthlyShare": 0.01, "seed": 1}: which share of what the machine rejects people look at each month.""");
            return new AuditPlan(1, 0);
        }

        var members = reading.Members(audit, "audit", "monthlyShare", "seed");
        return new AuditPlan(reading.Share(audit, members, "monthlyShare", "0.01"), reading.Whole(audit, members, "seed", 0, int.MaxValue, "1"));
    }

    private static Adoption AdoptionOf(ReviewFile reading, LinedJson adoption)
    {
        var members = reading.Members(adoption, "unlikelySetAside", "by", "on", "rulebook", "says");
        var on = reading.Text(adoption, members, "on", "2026-01-31");
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && on.Length > 0)
        {
            reading.Fault(members["on"].Line, $"'{on}' is no day: write yyyy-MM-dd. The whole: \"unlikelySetAside\": {AdoptionExample}.");
        }

        var rulebook = reading.Text(adoption, members, "rulebook", Adoption.AnyRulebook);
        if (rulebook.Length > 0 && rulebook != Adoption.AnyRulebook && !IsRulebook(rulebook))
        {
            reading.Fault(members["rulebook"].Line, $"'{rulebook}' is no rulebook: write \"any\", or the hash of one, sha256: and 64 digits, as `judge` gives it.");
        }

        return new Adoption(reading.Text(adoption, members, "by", "the lead's name"), day, rulebook, reading.Text(adoption, members, "says", "why, in a sentence"));
    }

    internal static bool IsRulebook(string text) => text.StartsWith("sha256:", StringComparison.Ordinal) && ContentHash.TryParse(text["sha256:".Length..], out _);
}
