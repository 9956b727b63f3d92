using System.Text;
using CsCheck;

namespace CarTIngest.Tests.Hostile.Mutations;

/// <summary>A document of invented records, one of them mutated, and how its bytes arrive.</summary>
/// <param name="Kinds">Which of the format's records each is.</param>
/// <param name="Mutated">The place of the one that is mutated.</param>
/// <param name="ChunkBytes">So many at most come with each read.</param>
internal sealed record HostileDocument(HostileFormat Format, int[] Kinds, string Words, int Form, int Mutated, Mutation[] Mutations, int ChunkBytes)
{
    private const int Scale = (1 << 16) - 1;

    private static readonly Gen<Mutation> AnyMutation = Gen.Select(
        Gen.Enum<MutationKind>(), Gen.Int[0, Scale], Gen.Int[0, Scale], Gen.Frequency((9, Gen.Int[1, 30]), (1, Gen.Int[100, 3000])), (kind, at, other, size) => new Mutation(kind, at, other, size));

    private static readonly Gen<string> AnyWords = Any("Cells", "CAR-T für Zellen", "a  b\u00A0c", "x", "白血病 \U0001F600", "");

    public static Gen<HostileDocument> Of(HostileFormat format) =>
        Gen.Select(Gen.Int[0, format.Records.Count - 1].Array[2, 6], AnyWords, Gen.Int[0, format.Forms.Count - 1], Gen.Int[0, 5], AnyMutation.Array[1, 4], Any(1, 7, 100, 4096, 1 << 20))
            .Select((kinds, words, form, mutated, mutations, chunk) => new HostileDocument(format, kinds, words, form, mutated % kinds.Length, mutations, chunk));

    /// <summary>The records as they stand in the document.</summary>
    public IReadOnlyList<byte[]> Records => [.. Kinds.Select((_, place) => place == Mutated ? MutatedRecord : Plain(place))];

    public byte[] MutatedRecord => Mutator.Apply(Format, Plain(Mutated), Mutations);

    /// <summary>The same document without the mutated record: what must still be read.</summary>
    public byte[] Untouched => Joined([.. Kinds.Select((_, place) => place).Where(place => place != Mutated).Select(Plain)]);

    public byte[] Bytes => Joined(Records);

    /// <summary>
    /// A comment or an instruction between records may hold whatever it likes, records too, up to its end: what is left of a record that has lost its
    /// beginning may open one.
    /// </summary>
    public bool MayHideOthers => Format.IsXml && !Format.BeginsRecord(MutatedRecord) && (MutatedRecord.AsSpan().IndexOf("<!"u8) >= 0 || MutatedRecord.AsSpan().IndexOf("<?"u8) >= 0);

    /// <summary>The mutations fall on the whole document instead of on one record.</summary>
    public byte[] MutatedAnywhere => Mutator.Apply(Format, Joined([.. Kinds.Select((_, place) => Plain(place))]), Mutations);

    /// <summary>For a failure: the mutations, and what became of the document.</summary>
    public string Shown(byte[] bytes) =>
        $"{(Format.IsXml ? "XML" : "JSON")} {string.Join(' ', Mutations)} on record {Mutated} in chunks of {ChunkBytes}\n{Escaped(bytes)}";

    private static Gen<T> Any<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(index => of[index]);

    private static string Escaped(byte[] bytes)
    {
        var shown = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 2000));
        return string.Concat(shown.Select(sign => sign is '\n' or (>= ' ' and <= '~') ? sign.ToString() : $"\\x{(int)sign:x2}")) + (bytes.Length > 2000 ? $"… ({bytes.Length} bytes)" : "");
    }

    private byte[] Plain(int place) => Encoding.UTF8.GetBytes(Format.Records[Kinds[place]](1000 + place, Words));

    private byte[] Joined(IReadOnlyList<byte[]> records)
    {
        var (before, between, behind) = Format.Forms[Form];
        using var all = new MemoryStream();
        all.Write(Encoding.UTF8.GetBytes(before));
        for (var i = 0; i < records.Count; i++)
        {
            all.Write(Encoding.UTF8.GetBytes(i == 0 ? "" : between));
            all.Write(records[i]);
        }

        all.Write(Encoding.UTF8.GetBytes(behind));
        return all.ToArray();
    }
}
