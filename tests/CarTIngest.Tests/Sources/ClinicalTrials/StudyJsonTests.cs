using System.IO.Compression;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources.ClinicalTrials;
using static CarTIngest.Tests.Sources.ClinicalTrials.Studies;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

public sealed class StudyJsonTests
{
    private const string One = "NCT90000001";
    private const string Two = "NCT90000002";
    private const string Three = "NCT90000003";

    public static TheoryData<string> ThreeStudies => new(
        $"[{Study(One)},{Study(Two)},{Study(Three)}]",
        $"[\n{Study(One)},\n{Study(Two)},\n{Study(Three)}\n]\n",
        $"{{\"totalCount\":3,\"studies\":[{Study(One)},{Study(Two)},{Study(Three)}],\"nextPageToken\":\"a]}}b\"}}",
        $"{{\"studies\":[{Study(One)}]}}\n{{\"studies\":[{Study(Two)},{Study(Three)}]}}",
        $"[{{\"studies\":[{Study(One)},{Study(Two)}]}},{{\"studies\":[{Study(Three)}]}}]",
        $"{Study(One)}\n{Study(Two)}\r\n{Study(Three)}\n",
        $"{{\"upsert\": {Study(One)}}}\n{{\"upsert\":\n{Study(Two)}}}\n{{\"upsert\": {Study(Three)}}}",
        $"\uFEFF[{Study(One)},{Study(Two)},{Study(Three)}]");

    [Theory]
    [MemberData(nameof(ThreeStudies))]
    public async Task Gives_every_study_of_every_shape_of_document_with_its_place_and_bytes(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var readings = await ReadAsync(bytes);
        Assert.Equal([One, Two, Three], Ids(readings));
        Assert.All(readings, reading => Assert.True(bytes.AsSpan((int)reading.Offset).StartsWith(reading.Bytes.Span)));
        Assert.All(readings, reading => Assert.StartsWith("{\"protocolSection\"", Encoding.UTF8.GetString(reading.Bytes.Span), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ThreeStudies))]
    public async Task Gives_whole_records_or_says_that_it_cannot_wherever_a_document_is_cut(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var whole = (await ReadAsync(bytes)).OfType<ReadRecord>().ToDictionary(read => read.Record.Id, read => read.Hash);
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var readings = await ReadAsync(bytes[..cut]);
            var read = readings.OfType<ReadRecord>().ToList();
            Assert.All(read, record => Assert.Equal(whole[record.Record.Id], record.Hash));
            var betweenLines = read.Count > 0 && read[^1] is var last && bytes[(int)(last.Offset + last.Bytes.Length)..cut].All(b => b is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'}' or (byte)']');
            Assert.True(readings.OfType<UnreadableRecord>().Any() || read.Count == 3 || betweenLines, $"cut at byte {cut}: nothing says that a record is missing");
            Assert.True(readings.OfType<UnreadableRecord>().Count() <= 1, $"cut at byte {cut}: told twice");
        }
    }

    [Fact]
    public async Task Says_that_the_file_is_cut_though_all_its_studies_are_whole()
    {
        var readings = await ReadAsync($"[{Study(One)},{Study(Two)}");
        Assert.Equal([One, Two], Ids(readings));
        Assert.Contains("The file is cut", Assert.IsType<UnreadableRecord>(readings[^1]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_study_inside_which_a_file_is_cut()
    {
        var readings = await ReadAsync($"[{Study(One)},{Study(Two)[..120]}");
        var cut = Assert.IsType<UnreadableRecord>(readings[^1]);
        Assert.Equal("nct:" + Two, cut.Id?.Text);
        Assert.Equal("The file is cut: it ends inside this study.", cut.Reason);
    }

    [Theory]
    [InlineData("\"briefTitle\":NaN", Two)]
    [InlineData("\"briefTitle\":[\"a list\"]", Two)]
    [InlineData("\"briefTitle\":\"once\",\"briefTitle\":\"twice\"", Two)]
    [InlineData("\"briefTitle\":\"half a character \\ud800\"", Two)]
    [InlineData("\"briefTitle\":\"a quote \" too many\"", Two)]
    [InlineData("\"briefTitle\":\"no end", Two)]
    [InlineData("\"briefTitle\":{\"never\":\"closed\"", Two)]
    [InlineData("\"briefTitle\":\"a tab \t\"", Two)]
    public async Task Reads_ninety_nine_of_a_hundred_when_one_is_bad(string fault, string id)
    {
        var bad = Study(id).Replace("\"briefTitle\":\"A Study of Invented Cells\"", fault, StringComparison.Ordinal);
        var hundred = Enumerable.Range(10, 99).Select(n => Study($"NCT900001{n:00}"[..11])).ToList();
        hundred.Insert(50, bad);
        foreach (var document in (string[])[$"[{string.Join(',', hundred)}]", string.Join('\n', hundred), $"{{\"studies\":[{string.Join(",\n", hundred)}]}}"])
        {
            var readings = await ReadAsync(document);
            Assert.Equal(99, readings.OfType<ReadRecord>().Count());
            var unreadable = Assert.Single(readings.OfType<UnreadableRecord>());
            Assert.Equal("nct:" + Two, unreadable.Id?.Text);
            Assert.StartsWith("The study cannot be read: ", unreadable.Reason, StringComparison.Ordinal);
            Assert.False(unreadable.Bytes.IsEmpty);
        }
    }

    [Fact]
    public async Task Refuses_bytes_that_are_not_text_and_goes_on()
    {
        var bytes = Encoding.UTF8.GetBytes($"[{Study(One, "A X Study")},{Study(Two)}]");
        bytes[Array.IndexOf(bytes, (byte)'X')] = 0xFF;
        var readings = await ReadAsync(bytes);
        var unreadable = Assert.IsType<UnreadableRecord>(readings[0]);
        Assert.Equal("nct:" + One, unreadable.Id?.Text);
        Assert.Equal("The study cannot be read: it holds bytes that are not UTF-8.", unreadable.Reason);
        Assert.Equal([Two], Ids(readings));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \n\n ", "The file is empty.")]
    [InlineData("<!DOCTYPE html>\n<html><script>\n{\"a\":1}\n</script></html>", "This is no study but an HTML page.")]
    [InlineData("openapi: 3\npaths:\n  {x}\n", "This is no study but text: 'openapi: 3 paths: {x}'.")]
    [InlineData("{\"error\":\"over the limit\"}", "The study cannot be read: it has no protocolSection.identificationModule.nctId; it says 'over the limit'.")]
    [InlineData("[null]", "This is no study but null.")]
    [InlineData("{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000000\"}}}", "The study cannot be read: 'NCT00000000' is no NCT number.")]
    [InlineData("{\"gone\":7}", "The line says that a registration is gone, and names none.")]
    public async Task Says_in_one_reading_what_a_file_without_studies_is(string document, string reason) =>
        Assert.Equal(reason, Assert.IsType<UnreadableRecord>(Assert.Single(await ReadAsync(document))).Reason);

    [Fact]
    public async Task Gives_a_reading_for_each_element_that_is_no_study()
    {
        var readings = await ReadAsync($"[{{\"path\":\"x\"}},7,\"words, too\",[1],{Study(One)}]");
        Assert.Equal(4, readings.OfType<UnreadableRecord>().Count());
        Assert.Equal([One], Ids(readings));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"studies\":[]}")]
    [InlineData("{\"totalCount\":0,\"studies\":[ ]}\n")]
    public async Task Gives_nothing_for_a_document_that_says_it_has_none(string document) => Assert.Empty(await ReadAsync(document));

    [Fact]
    public async Task Reads_that_a_registration_is_gone()
    {
        var readings = await ReadAsync($"{{\"gone\":\"{One}\"}}\n{{\"upsert\":{Study(Two)}}}");
        Assert.Equal(One, Assert.IsType<DeletedRecord>(Assert.IsType<ReadRecord>(readings[0]).Record).NctId);
        Assert.Equal([One, Two], Ids(readings));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reads_utf_16_that_says_so(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var document = string.Join('\n', Enumerable.Range(100, 900).Select(n => Study($"NCT90000{n}", "Zellen für β-Ketten 🧬")));
        var readings = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(document)]);
        Assert.Equal(900, readings.Count);
        Assert.All(readings, reading => Assert.Equal("Zellen für β-Ketten 🧬", ((Trial)Assert.IsType<ReadRecord>(reading).Record).BriefTitle));
    }

    [Fact]
    public async Task Passes_over_a_record_longer_than_one_may_be_and_goes_on()
    {
        var readings = await ReadAsync($"[{Study(One)},{Study(Two, new string('x', 33 * 1024 * 1024))},{Study(Three)}]");
        Assert.Equal([One, Three], Ids(readings));
        var unreadable = Assert.Single(readings.OfType<UnreadableRecord>());
        Assert.Equal("nct:" + Two, unreadable.Id?.Text);
        Assert.Equal("The study cannot be read: it is longer than 32 MiB.", unreadable.Reason);
    }

    [Fact]
    public async Task Passes_over_a_record_deeper_than_one_may_be_and_goes_on()
    {
        var deep = Study(Two, more: $",\"x\":{new string('[', 100_000)}{new string(']', 100_000)}");
        var readings = await ReadAsync($"{deep}\n{Study(Three)}");
        Assert.Equal("The study cannot be read: it is nested deeper than 256 levels.", Assert.IsType<UnreadableRecord>(readings[0]).Reason);
        Assert.Equal([Three], Ids(readings));
    }

    [Fact]
    public async Task Reads_a_record_as_deep_as_one_may_be()
    {
        var deep = Study(Two, more: $",\"x\":{new string('[', 254)}{new string(']', 254)}");
        Assert.Equal([Two], Ids(await ReadAsync(deep)));
    }

    [Fact]
    public async Task Says_that_a_compressed_file_is_cut_after_the_studies_that_came_out()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(100, 900).Select(n => Study($"NCT90000{n}")))));
        }

        using var cut = new GZipStream(new MemoryStream(packed.ToArray()[..^5000]), CompressionMode.Decompress);
        var readings = new List<Reading>();
        await foreach (var reading in StudyJson.ReadAsync(cut, new DriftTally(), CancellationToken.None))
        {
            readings.Add(reading);
        }

        Assert.True(readings.Count > 500);
        Assert.Contains("The file is cut", Assert.Single(readings.OfType<UnreadableRecord>()).Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Reads_every_line_of_the_recorded_nights()
    {
        var drift = new DriftTally();
        var read = 0;
        foreach (var night in Directory.GetFiles(Shared.Data("ctgov/nights"), "*.gz").Where(file => new FileInfo(file).Length > 100))
        {
            await using var file = new GZipStream(File.OpenRead(night), CompressionMode.Decompress);
            await foreach (var reading in StudyJson.ReadAsync(file, drift, CancellationToken.None))
            {
                Assert.IsType<ReadRecord>(reading);
                read++;
            }
        }

        Assert.Equal(2463, read);
        Assert.Equal(["designModule.phases=Unknown"], drift.Counts.Keys);
    }
}
