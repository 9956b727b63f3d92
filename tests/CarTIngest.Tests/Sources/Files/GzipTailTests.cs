using System.Text;

namespace CarTIngest.Tests.Sources.Files;

/// <summary>A gzip file that is not whole must never read as one; seen from outside, by what its records become.</summary>
public sealed class GzipTailTests : IDisposable
{
    private const string Publications = "pmid:90000001 pmid:90000002";

    private readonly InventedFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_anywhere_a_file_is_never_taken_for_whole(bool xml)
    {
        // JSON lines, for there alone the content does not say where it ends.
        var packed = InventedFiles.Packed(xml ? InventedFiles.Xml : InventedFiles.Study("NCT99000001") + "\n" + InventedFiles.Study("NCT99000002") + "\n");
        var taken = new List<int>();
        for (var length = 0; length < packed.Length; length++)
        {
            if ((await InventedFiles.ReadAsync(files.Write("cut.gz", packed[..length]))).Faults.Count == 0)
            {
                taken.Add(length - packed.Length);
            }
        }

        Assert.Empty(taken);
        Assert.Empty((await InventedFiles.ReadAsync(files.Write("whole.gz", packed))).Faults);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Cut_within_its_trailer_a_file_still_gives_its_records_and_says_that_it_is_cut(int missing)
    {
        var read = await InventedFiles.ReadAsync(files.Write("cut.gz", InventedFiles.Packed(InventedFiles.Xml)[..^missing]));

        Assert.Equal(Publications, read.Ids);
        Assert.Contains("cut", Assert.Single(read.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_members_are_one_file()
    {
        var half = InventedFiles.Xml.Length / 2;
        byte[] first = InventedFiles.Packed(InventedFiles.Xml[..half]), second = InventedFiles.Packed(InventedFiles.Xml[half..]), nothing = InventedFiles.Packed("");

        Assert.Equivalent(new FileRead(Publications, []), await InventedFiles.ReadAsync(files.Write("two.gz", [.. first, .. second])));
        Assert.Equivalent(new FileRead(Publications, []), await InventedFiles.ReadAsync(files.Write("ended.gz", [.. first, .. second, .. nothing])));
    }

    [Fact]
    public async Task The_last_of_several_members_cut_anywhere_is_noticed()
    {
        byte[] first = InventedFiles.Packed(InventedFiles.Study("NCT99000001") + "\n"), second = InventedFiles.Packed(InventedFiles.Study("NCT99000002") + "\n");
        var taken = new List<int>();
        for (var length = 1; length < second.Length; length++)
        {
            if ((await InventedFiles.ReadAsync(files.Write("cut.gz", [.. first, .. second[..length]]))).Faults.Count == 0)
            {
                taken.Add(length - second.Length);
            }
        }

        Assert.Empty(taken);
    }

    [Fact]
    public async Task What_stands_after_the_end_is_not_passed_over_in_silence()
    {
        var read = await InventedFiles.ReadAsync(files.Write("more.gz", [.. InventedFiles.Packed(InventedFiles.Xml), .. "something else, and not gzip"u8]));

        Assert.Equal(Publications, read.Ids);
        Assert.Single(read.Faults);
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(-4)]
    [InlineData(-1)]
    [InlineData(40)]
    public async Task A_flipped_byte_is_noticed(int at)
    {
        var packed = InventedFiles.Packed(InventedFiles.Xml);
        packed[at < 0 ? packed.Length + at : at] ^= 0x55;

        Assert.NotEmpty((await InventedFiles.ReadAsync(files.Write("flipped.gz", packed))).Faults);
    }

    [Fact]
    public async Task A_large_file_of_several_members_is_whole()
    {
        var study = InventedFiles.Study("NCT99000001").Replace("Invented é", Noise(3 << 20), StringComparison.Ordinal);

        var read = await InventedFiles.ReadAsync(files.Write("large.gz", [.. InventedFiles.Packed(InventedFiles.Study("NCT99000002") + "\n"), .. InventedFiles.Packed(study)]));

        Assert.Equivalent(new FileRead("nct:NCT99000002 nct:NCT99000001", []), read);
    }

    /// <summary>Letters that hardly compress, so that the last member begins far from the end.</summary>
    private static string Noise(int length)
    {
        var noise = new StringBuilder(length);
        var state = 2031u;
        for (var at = 0; at < length; at++)
        {
            state = (state * 1664525) + 1013904223;
            noise.Append((char)('a' + (state >> 24) % 26));
        }

        return noise.ToString();
    }
}
