namespace CarTIngest.Reporting.Digests;

/// <summary>What and how many, in one line that is read on a telephone.</summary>
internal static class DigestSubject
{
    private const int MostTargets = 4;

    public static string Of(IReadOnlyList<RecordSeen> results, IReadOnlyList<RecordSeen> added, IReadOnlyList<ChangedRecord> changes, int losses)
    {
        var stopped = changes.Count(change => change.Lines.Any(line => line.Label.StartsWith("Why stopped", StringComparison.Ordinal)));
        var notices = changes.Count(change => change.Lines.Any(line => line.Label is "RETRACTED" or "EXPRESSION OF CONCERN"));
        string[] parts =
        [
            .. Part(results.Count, "results of 1 trial", "results of {0} trials"),
            .. Part(added.Count, "1 new record", "{0} new records", Targets(added)),
            .. Part(notices, "1 retraction or concern", "{0} retractions or concerns"),
            .. Part(stopped, "1 trial stopped", "{0} trials stopped"),
            .. Part(changes.Count - notices - stopped, "1 trial changed", "{0} trials changed"),
            .. Part(losses, "1 included report lost by the searches", "{0} included reports lost by the searches"),
        ];
        var subject = parts.Length == 0 ? "found again by the searches" : string.Join(", ", parts);
        return $"{char.ToUpperInvariant(subject[0])}{subject[1..]}";
    }

    private static string[] Part(int count, string one, string many, string more = "") => count <= 0 ? [] : [$"{(count == 1 ? one : many.Replace("{0}", SearchLines.Number(count), StringComparison.Ordinal))}{more}"];

    private static string Targets(IReadOnlyList<RecordSeen> added)
    {
        var counted = added.SelectMany(seen => seen.Judged?.Targets ?? []).CountBy(target => target).OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).ToList();
        return counted.Count == 0 ? "" : $" ({string.Join(", ", counted.Take(MostTargets).Select(each => added.Count == 1 ? each.Key : $"{each.Value} {each.Key}"))}{(counted.Count > MostTargets ? ", …" : "")})";
    }
}
