using System.Globalization;
using CarTIngest.Eligibility;

namespace CarTIngest.Screening;

/// <summary>
/// Which of the rejected people look at in a month: a share drawn by seed, month and id, and all with CAR-T met and AML silent. The draw needs no list of the others, so that a
/// night that runs again, or a record that comes late in the month, changes nothing for the rest.
/// </summary>
public sealed class MonthlyAudit(AuditPlan plan, DateOnly month)
{
    /// <summary>All of these; they are no sample, and are counted apart from the drawn.</summary>
    public static bool IsSilent(JudgedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Criteria is { Intervention: CriterionAnswer.Met, Population: CriterionAnswer.Silent };
    }

    /// <summary>A share of the others.</summary>
    public bool Draws(JudgedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return !IsSilent(record) && Draw.Takes(plan.MonthlyShare, plan.Seed, month.ToString("yyyy-MM", CultureInfo.InvariantCulture), record.Id.Text);
    }
}
