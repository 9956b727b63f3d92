namespace CarTIngest.Reporting.Digests;

/// <summary>What and how many, in one line that is read on a telephone: the gravest first.</summary>
internal static class DigestSubject
{
    private const int MostTargets = 4;

    public static string Of(IReadOnlyList<RecordSeen> results, IReadOnlyList<RecordSeen> added, IReadOnlyList<ChangedRecord> changes, int losses)
    {
        var of = changes.CountBy(change => change.Kind).ToDictionary();
        string[] parts =
        [
            .. Part(of.GetValueOrDefault(ChangeKind.Notice), "1 retraction or concern", "{0} retractions or concerns"),
            .. Part(losses, "1 included report lost by the searches", "{0} included reports lost by the searches"),
            .. Part(results.Count, "results of 1 trial", "results of {0} trials"),
            .. Part(added.Count, "1 new record", "{0} new records", Targets(added)),
            .. Part(of.GetValueOrDefault(ChangeKind.Stop), "1 trial stopped", "{0} trials stopped"),
            .. Part(of.GetValueOrDefault(ChangeKind.Other), "1 trial changed", "{0} trials changed"),
            .. Part(of.GetValueOrDefault(ChangeKind.Erratum), "1 erratum", "{0} errata"),
        ];
        var subject = parts.Length == 0 ? "found again by the searches" : string.Join(", ", parts);
        return $"{char.ToUpperInvariant(subject[0])}{subject[1..]}";
    }

    private static string[] Part(int count, string one, string many, string more = "") => count == 0 ? [] : [$"{(count == 1 ? one : many.Replace("{0}", SearchLines.Number(count), StringComparison.Ordinal))}{more}"];

    private static string Targets(IReadOnlyList<RecordSeen> added)
    {
        var counted = added.SelectMany(seen => seen.Judged?.Targets ?? []).CountBy(target => target).OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).ToList();
        return counted.Count == 0 ? "" : $" ({string.Join(", ", counted.Take(MostTargets).Select(each => added.Count == 1 ? each.Key : $"{each.Value} {each.Key}"))}{(counted.Count > MostTargets ? ", …" : "")})";
    }
}
