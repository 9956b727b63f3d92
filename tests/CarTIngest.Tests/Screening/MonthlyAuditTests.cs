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
        Assert.Equal(drawn, Rejected.Where(record => new MonthlyAudit(new AuditPlan(0.02, 1), March).Draws(record)).Select(record => record.Id.Text));
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
    public void All_with_the_intervention_met_and_the_population_silent_are_looked_at_and_not_drawn()
    {
        var silent = Record("pmid:1", Verdict.Unlikely, intervention: CriterionAnswer.Met);

        Assert.True(MonthlyAudit.IsSilent(silent));
        Assert.False(new MonthlyAudit(new AuditPlan(1, 1), March).Draws(silent));
        Assert.False(MonthlyAudit.IsSilent(Rejected[0]));
    }

    [Fact]
    public void Both_kinds_enter_the_queue_each_under_its_own_count()
    {
        var aside = ProtocolFile.Plain with { UnlikelySetAside = new Adoption("the lead", March, "any", "why"), Audit = new AuditPlan(1, 1) };
        JudgedStudy[] studies = [Study("a", Rejected[0]), Study("b", Record("pmid:7000", Verdict.Unlikely, intervention: CriterionAnswer.Met))];

        var entries = new QueueRules(ScreeningState.Before(aside), null, new HashSet<CarTIngest.Records.RecordId>(), March, new HashSet<string>()).Entries(studies, new HashSet<string>());

        Assert.Equal([QueueWay.AuditDrawn, QueueWay.AuditSilent], entries.Select(entry => entry.Way));
    }

    [Fact]
    public void What_people_found_among_the_rejected_is_k_of_n_with_its_bound()
    {
        var month = new DateOnly(2026, 3, 31);
        var entries = Enumerable.Range(1, 13).Select(number => new AuditedEntry($"pmid:{number}", number == 13 ? QueueWay.AuditSilent : QueueWay.AuditDrawn, month)).Append(new AuditedEntry("pmid:99", QueueWay.Verdict, month));
        var votes = Enumerable.Range(1, 10).SelectMany(number => (string[])["Ada", "Ben"], (number, person) => Votes.Vote(person, number == 4 ? Choice.Include : Choice.Exclude, subject: $"pmid:{number}"));

        var tallies = AuditTally.Of(entries, Votes.Of(ProtocolFile.Plain, [.. votes]));

        Assert.Equal([new AuditTally("2026-03", QueueWay.AuditDrawn, 12, 10, 1), new AuditTally("2026-03", QueueWay.AuditSilent, 1, 0, 0)], tallies);
        Assert.Equal("1 of 10, at most 39.4 % (one-sided 95 % bound)", tallies[0].Says);
        Assert.Equal("0 of 0: nothing was looked at", tallies[1].Says);
    }

    private static List<string> Drawn(double share, long seed, DateOnly night) => [.. Rejected.Where(record => new MonthlyAudit(new AuditPlan(share, seed), night).Draws(record)).Select(record => record.Id.Text)];
}
