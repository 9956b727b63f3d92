using System.Text;
using CarTIngest.Tests.Sources.ClinicalTrials;
using CarTIngest.Tests.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Hostile;

/// <summary>Documents of a hundred records of which one is bad.</summary>
internal static class HostileFile
{
    public const int Records = 100;

    /// <param name="badAt">From 0, the place of the bad one.</param>
    /// <param name="webPort">Where an external entity would be fetched.</param>
    public static byte[] Xml(HostileRecord bad, int badAt, int webPort = 9)
    {
        var declared = new StringBuilder("<!ENTITY lol0 \"lol\">");
        for (var level = 1; level < 10; level++)
        {
            declared.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY lol{level} \"{string.Concat(Enumerable.Repeat($"&lol{level - 1};", 10))}\">");
        }

        declared.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY file SYSTEM \"file:///etc/hostname\"><!ENTITY web SYSTEM \"http://127.0.0.1:{webPort}/a\"><!ENTITY % remote SYSTEM \"http://127.0.0.1:{webPort}/b.dtd\">%remote;");
        return
        [
            .. Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><!DOCTYPE PubmedArticleSet SYSTEM \"http://127.0.0.1:{webPort}/c.dtd\" [{declared}]><PubmedArticleSet>"),
            .. Joined(bad, badAt, "\n", id => Fixture.Article(1000 + id)),
            .. "</PubmedArticleSet>"u8,
        ];
    }

    public static byte[] JsonArray(HostileRecord bad, int badAt) => [(byte)'[', .. Joined(bad, badAt, ",\n", Study), (byte)']'];

    public static byte[] JsonEnvelope(HostileRecord bad, int badAt) => [.. "{\"totalCount\":100,\"studies\":["u8, .. Joined(bad, badAt, ",", Study), .. "],\"nextPageToken\":\"x\"}"u8];

    public static byte[] JsonLines(HostileRecord bad, int badAt) => Joined(bad, badAt, "\n", Study);

    /// <summary>What comes out of the good ones, in order.</summary>
    public static string[] XmlIds(int badAt) => [.. Others(badAt).Select(id => $"pmid:{1000 + id}")];

    public static string[] JsonIds(int badAt) => [.. Others(badAt).Select(id => $"nct:NCT0000{1000 + id}")];

    private static IEnumerable<int> Others(int badAt) => Enumerable.Range(0, Records).Where(id => id != badAt);

    private static string Study(int id) => Studies.Study($"NCT0000{1000 + id}");

    private static byte[] Joined(HostileRecord bad, int badAt, string between, Func<int, string> good)
    {
        using var all = new MemoryStream();
        for (var id = 0; id < Records; id++)
        {
            all.Write(Encoding.UTF8.GetBytes(id == 0 ? "" : between));
            all.Write(id == badAt ? bad.Bytes : Encoding.UTF8.GetBytes(good(id)));
        }

        return all.ToArray();
    }
}
