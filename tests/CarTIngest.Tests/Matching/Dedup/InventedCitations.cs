using System.Globalization;
using CarTIngest.Matching;

namespace CarTIngest.Tests.Matching.Dedup;

/// <summary>Citations of nothing, of words as unevenly used as real titles use theirs; one in fifty is there twice, written differently.</summary>
internal static class InventedCitations
{
    public static IReadOnlyList<Citation> Of(int count, int seed)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, 6000).Select(_ => string.Concat(Enumerable.Range(0, 2 + random.Next(3)).Select(_ => "bcdfglmnprstv"[random.Next(13)].ToString() + "aeiou"[random.Next(5)]))).ToArray();
        string Word() => words[(int)(words.Length * Math.Pow(random.NextDouble(), 4))];
        var citations = new List<Citation>(count);
        while (citations.Count < count)
        {
            var key = citations.Count.ToString("D7", CultureInfo.InvariantCulture);
            if (citations.Count > 0 && random.Next(50) == 0)
            {
                var twin = citations[random.Next(citations.Count)];
                citations.Add(twin with { Key = key, Title = twin.Title.ToUpperInvariant() + ".", Journal = null, Issue = null, Doi = null });
                continue;
            }

            citations.Add(new()
            {
                Key = key,
                Title = string.Join(' ', Enumerable.Range(0, 9 + random.Next(8)).Select(_ => Word())),
                Authors = [.. Enumerable.Range(0, 2 + random.Next(6)).Select(_ => $"{Word()}, {(char)('A' + random.Next(26))}")],
                Year = 1990 + random.Next(35),
                Journal = "Journal of " + Word(),
                Volume = random.Next(1, 120).ToString(CultureInfo.InvariantCulture),
                Pages = random.Next(2, 2000).ToString(CultureInfo.InvariantCulture),
                Doi = "10.9999/" + key,
            });
        }

        return citations;
    }
}
