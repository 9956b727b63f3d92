using CarTIngest.Eligibility;
using CarTIngest.Screening;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Screening;

public sealed class MonthlyAuditTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    private static readonly IReadOnlyList<JudgedRecord> Rejected = [.. Enumerable.Range(1, 5000).Select(number => Record($"pmid:{number}", Verdict.Unlikely))];

    [Fact]
    public void Draws_the_share_and_on_every_night_of_the_month_the_same()
    {
        var drawn = Drawn(0.02, 1, March);

        Assert.InRange(drawn.Count, 70, 130);
        Assert.Equal(drawn, Drawn(0.02, 1, March.AddDays(30)));
        Assert.Equal(drawn, Rejected.Where(record => new MonthlyAudit(new AuditPlan(0.02, 1), March).Takes(record)).Select(record => record.Id.Text));
    }

    [Fact]
    public void Another_month_or_seed_draws_others()
    {
        Assert.NotEqual(Drawn(0.02, 1, March), Drawn(0.02, 1, March.AddMonths(1)));
        Assert.NotEqual(Drawn(0.02, 1, March), Drawn(0.02, 2, March));
        Assert.NotEqual(Drawn(0.02, 1, March), Drawn(0.02, 1, March.AddYears(1)));
    }

    [Fact]
    public void A_larger_share_holds_the_smaller() => Assert.Empty(Drawn(0.01, 1, March).Except(Drawn(0.05, 1, March)));

    [Fact]
    public void Takes_all_with_the_intervention_met_and_the_population_silent() =>
        Assert.True(new MonthlyAudit(new AuditPlan(1e-12, 1), March).Takes(Record("pmid:1", Verdict.Unlikely, intervention: CriterionAnswer.Met)));

    [Fact]
    public void A_drawn_study_enters_the_queue_and_looks_like_any_other()
    {
        var aside = ProtocolFile.Plain with { UnlikelySetAside = new Adoption("the lead", March, "any", "why"), Audit = new AuditPlan(1, 1) };

        var entry = Assert.Single(new QueueRules(ScreeningState.Before(aside), null, new HashSet<CarTIngest.Records.RecordId>(), March).Entries([Study("a", Rejected[0])], new HashSet<string>()));

        Assert.Equal(QueueWay.Audit, entry.Way);
    }

    private static List<string> Drawn(double share, long seed, DateOnly night) => [.. Rejected.Where(record => new MonthlyAudit(new AuditPlan(share, seed), night).Takes(record)).Select(record => record.Id.Text)];
}
