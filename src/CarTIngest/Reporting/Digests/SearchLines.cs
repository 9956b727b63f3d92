using System.Globalization;

namespace CarTIngest.Reporting.Digests;

/// <summary>Did the search work? Said of each source in every digest, whether it did or not.</summary>
internal static class SearchLines
{
    private const int MostReasons = 3;

    /// <summary>Who shows what a mail counts, to those without the program at hand.</summary>
    public const string ByOperator = "Ask your team’s operator for the list.";

    public static IEnumerable<DigestLine> Of(DigestMaterial material, DigestReader reader)
    {
        foreach (var source in material.Nights.SelectMany(night => night.Sources.Select(sums => (night.Night, sums))).GroupBy(each => each.sums.Source).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return new DigestLine(SourceNames.Of(source.Key), Says([.. source.OrderBy(each => each.Night)]));
        }

        if (material.SetAside is { } aside)
        {
            yield return new DigestLine("Set aside as unlikely", $"{Number(aside)}.{(aside == 0 ? "" : reader.HasCommands ? " See them all: `cartingest export --of all --format csv`, those whose verdict is unlikely." : $" {ByOperator}")}");
        }

        foreach (var loss in reader.KeepsSearches ? material.Nights.SelectMany(night => night.Watch).Where(loss => loss.Until is not null) : [])
        {
            yield return new DigestLine("Found again", $"{StudyWords.IdOf(loss.Id)} of the included study {StudyWords.IdOf(loss.Study)}, lost since {Day(loss.Since)}.");
        }

        foreach (var waiting in reader.KeepsSearches && material.Nights.Count > 0 ? material.Nights[^1].Waiting : [])
        {
            yield return new DigestLine("Not adopted", OneLine.Of(waiting.Says));
        }
    }

    /// <summary>What was included and is not found any more.</summary>
    public static IEnumerable<DigestLine> Losses(DigestMaterial material) => material.Nights.SelectMany(night => night.Watch).Where(loss => loss.Until is null).Select(loss => new DigestLine(
        StudyWords.IdOf(loss.Id),
        $"of the included study {StudyWords.IdOf(loss.Study)}, lost since {Day(loss.Since)}: {LossWords.Of(loss)}. {OneLine.Of(loss.Because)} No decision was touched."));

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Says(IReadOnlyList<(DateOnly Night, SourceNight Sums)> nights)
    {
        var (last, added) = (nights[^1].Sums, nights.Sum(each => each.Sums.New));
        var incomplete = nights.Where(each => !each.Sums.Complete).ToList();
        var unread = nights.Max(each => each.Sums.Quarantined + each.Sums.Unavailable);
        return string.Join(' ', (string[])
        [
            nights.Count == 1 ? "" : $"{nights.Count} searches, the last on {Day(nights[^1].Night)}:",
            last.Answered ? $"{Number(last.Announced)} matched, {Number(last.Held)} read, {Number(added)} new." : nights.Count == 1 ? "" : $"no answer; {Number(added)} new before.",
            unread == 0 ? "" : $"{Number(unread)} could not be had or read; they are named and asked for again every night.",
            incomplete.Count == 0 ? nights.Count == 1 ? "Complete." : "All complete." : "",
            .. incomplete.Take(MostReasons).Select(each => $"Not complete on {Day(each.Night)}: {OneLine.Of(string.Join(' ', each.Sums.Why))}"),
            incomplete.Count > 0 ? last.Complete ? "The last one is complete and brought what was missed." : "Nothing was lost; the next search asks again from the last complete one." : "",
        ]).Replace("  ", " ", StringComparison.Ordinal).Trim();
    }
}
