using CarTIngest.Eligibility;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>One record's judgement with its study, for whoever asks why.</summary>
public sealed class JudgementReading(StoreFactory stores)
{
    /// <returns>Null when the record is not held.</returns>
    public async Task<ExplainedRecord?> OfAsync(RecordId id, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var record = await store.Records.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id.Text, cancellationToken);
        if (record is null)
        {
            return null;
        }

        var judged = await store.Judgements.AsNoTracking().Where(row => row.RecordId == id.Text && row.Revision == record.Revision).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var study = await store.Members.AsNoTracking().Where(member => member.RecordId == id.Text && member.UntilRunId == null).OrderBy(member => member.Study).Select(member => member.Study).FirstOrDefaultAsync(cancellationToken) ?? id.Text;
        var members = await store.Members.AsNoTracking().Where(member => member.Study == study && member.UntilRunId == null).Select(member => member.RecordId).ToListAsync(cancellationToken);
        var title = RecordJson.Read(record.Body) switch { Publication publication => publication.Title, Trial trial => trial.BriefTitle ?? trial.OfficialTitle ?? "", _ => "" };
        return new ExplainedRecord(judged is null ? null : JudgementJson.Read(judged.Body), title, study, [.. members.Select(Holdings.IdOf).Order()], await ArmBook.OfAsync(store, id, cancellationToken));
    }
}

/// <param name="Judgement">Of the newest revision; null when no night has judged that yet.</param>
/// <param name="Study">The study's id; of several the first.</param>
/// <param name="Reports">All records of the study, this one too.</param>
/// <param name="FoundBy">The arms that identified it; none where only an import brought it.</param>
public sealed record ExplainedRecord(Judgement? Judgement, string Title, string Study, IReadOnlyList<RecordId> Reports, IReadOnlyList<FoundBy> FoundBy);
