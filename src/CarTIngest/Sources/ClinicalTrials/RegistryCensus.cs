using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Walks all pages of one arm and proves that nothing is missing: as many distinct ids as the first page counts.</summary>
internal sealed class RegistryCensus(RegistryClient client, ClinicalTrialsOptions options)
{
    /// <exception cref="AnswerRefusedException">The data changed under the walk, or the registry's edge refuses us; any other refusal is the arm's reason.</exception>
    public async Task<ArmCensus> TakeAsync(SearchArm arm, IRawArchive archive, CancellationToken cancellationToken)
    {
        StudiesRequest request;
        try
        {
            request = StudiesRequest.ForArm(arm, options);
        }
        catch (StrategyFaultException fault)
        {
            return new ArmCensus(arm, arm.Text, 0, new Dictionary<RecordId, string>(), null, [], fault.Message);
        }

        var found = new Found();
        try
        {
            await WalkAsync(new PageWalk(request), found, archive, cancellationToken);
        }
        catch (AnswerRefusedException refused) when (refused.Verdict != RegistryAnswers.DataChanged && refused.Verdict.Class != AnswerClass.Blocked)
        {
            found.Why = refused.Message;
        }

        return new ArmCensus(arm, $"GET {request.Query(pageToken: null)}", found.Count ?? 0, found.Ids, null, Warnings(arm), found.Why ?? found.Mismatch);
    }

    private async Task WalkAsync(PageWalk walk, Found found, IRawArchive archive, CancellationToken cancellationToken)
    {
        for (var idle = 0; idle <= options.IdlePages;)
        {
            var kept = await client.PageAsync(walk, archive, cancellationToken);
            var page = StudiesPage.TryRead(kept.Answer.Body)!;
            found.Count ??= page.TotalCount;
            var before = found.Ids.Count;
            await ReadAsync(kept, found, cancellationToken);
            if (page.NextPageToken is not { } token || found.Why is not null)
            {
                return;
            }

            if (!walk.TryGoOn(token))
            {
                found.Why = "The registry gave the same page token twice.";
                return;
            }

            if (found.Ids.Count > (found.Count ?? long.MaxValue))
            {
                return;
            }

            idle += found.Ids.Count == before ? 1 : 0;
        }

        found.Why = $"The registry gave more than {options.IdlePages} pages with nothing new, and still a token for the next.";
    }

    private static async Task ReadAsync(KeptAnswer kept, Found found, CancellationToken cancellationToken)
    {
        using var body = kept.OpenBody();
        await foreach (var reading in StudyJson.ReadAsync(body, new DriftTally(), cancellationToken))
        {
            switch (reading)
            {
                case ReadRecord { Record: Trial trial }:
                    found.Ids[trial.Id] = $"{trial.LastUpdatePosted}|{trial.Status}|{(trial.HasResults ? "true" : "false")}";
                    break;
                case UnreadableRecord unreadable:
                    found.Why = $"A page of the census holds what cannot be read: {unreadable.Reason}";
                    break;
                default:
                    break;
            }
        }
    }

    private static IReadOnlyList<string> Warnings(SearchArm arm) =>
        arm.Parameters.Any(IsNumbersOnly) && arm.Parameters.Count > 1
            ? ["A parameter of the strategy holds NCT numbers only: the registry then ignores every filter."]
            : [];

    private static bool IsNumbersOnly(KeyValuePair<string, string> parameter) =>
        parameter.Key.StartsWith("query.", StringComparison.Ordinal)
        && parameter.Value.Split([' ', ',', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words
        && words.All(word => word is "OR" or "AND" || NctId.TryParse(word, out _));

    private sealed class Found
    {
        public Dictionary<RecordId, string> Ids { get; } = [];

        public long? Count { get; set; }

        public string? Why { get; set; }

        public string? Mismatch => Count switch
        {
            null => "The registry did not say how many studies it counts.",
            { } count when count != Ids.Count => $"The registry counts {count} studies and lists {Ids.Count}.",
            _ => null,
        };
    }
}
