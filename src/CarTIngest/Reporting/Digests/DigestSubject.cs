namespace CarTIngest.Reporting.Digests;

/// <summary>What and how many, in one line that is read on a telephone: the gravest first.</summary>
internal static class DigestSubject
{
    private const int MostTargets = 4;

    public static string Of(IReadOnlyList<RecordSeen> results, IReadOnlyList<RecordSeen> added, IReadOnlyList<ChangedRecord> changes, int losses, int found)
    {
        var of = changes.CountBy(change => change.Kind).ToDictionary();
        string[] parts =
        [
            .. Part(of.GetValueOrDefault(ChangeKind.Notice), "retraction or concern", "retractions or concerns"),
            .. Part(losses, "included report lost by the searches", "included reports lost by the searches"),
            .. results.Count == 0 ? Array.Empty<string>() : [$"results of {Counted.Of(results.Count, "trial", "trials")}"],
            .. added.Count == 0 ? Array.Empty<string>() : [$"{Counted.Of(added.Count, "new record", "new records")}{Targets(added)}"],
            .. Part(of.GetValueOrDefault(ChangeKind.Stop), "trial stopped", "trials stopped"),
            .. Part(of.GetValueOrDefault(ChangeKind.Other), "trial changed", "trials changed"),
            .. Part(of.GetValueOrDefault(ChangeKind.Joined), "record joined to a study", "records joined to studies"),
            .. Part(of.GetValueOrDefault(ChangeKind.Erratum), "erratum", "errata"),
            .. Part(found, "included report found again by the searches", "included reports found again by the searches"),
        ];
        var subject = string.Join(", ", parts);
        return $"{char.ToUpperInvariant(subject[0])}{subject[1..]}";
    }

    private static string[] Part(int count, string one, string many) => count == 0 ? [] : [Counted.Of(count, one, many)];

    private static string Targets(IReadOnlyList<RecordSeen> added)
    {
        var counted = added.SelectMany(seen => seen.Judged?.Targets ?? []).CountBy(target => target).OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).ToList();
        return counted.Count == 0 ? "" : $" ({string.Join(", ", counted.Take(MostTargets).Select(each => added.Count == 1 ? each.Key : $"{each.Value} {each.Key}"))}{(counted.Count > MostTargets ? ", …" : "")})";
    }
}
