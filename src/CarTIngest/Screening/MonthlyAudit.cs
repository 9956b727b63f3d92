using System.Globalization;
using CarTIngest.Eligibility;

namespace CarTIngest.Screening;

/// <summary>
/// Which of the rejected people look at in a month: a share drawn by seed, month and id, and all with CAR-T met and AML silent. The draw needs no list of the others, so that a
/// night that runs again, or a record that comes late in the month, changes nothing for the rest.
/// </summary>
public sealed class MonthlyAudit(AuditPlan plan, DateOnly month)
{
    public bool Takes(JudgedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Criteria is { Intervention: CriterionAnswer.Met, Population: CriterionAnswer.Silent }
            || Draw.Takes(plan.MonthlyShare, plan.Seed, month.ToString("yyyy-MM", CultureInfo.InvariantCulture), record.Id.Text);
    }
}
