using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Sources;
using Microsoft.VisualBasic.FileIO;

namespace CarTIngest.Tests.Eligibility;

/// <summary>Records with the verdicts that people gave them. A label that counts neither way is left out.</summary>
/// <param name="Otherwise">The verdict of records that have no label; null: they are not counted.</param>
internal sealed record LabelledSet(string Name, IReadOnlyList<SourceRecord> Records, IReadOnlyDictionary<string, Label> Labels, Verdict? Otherwise = null)
{
    public static string Folder { get; } = Path.Combine(Shared.RepositoryRoot, "tests", "CarTIngest.Tests", "Eligibility");

    public static async Task<LabelledSet> ReadAsync(string name, IEnumerable<string> files, string labels, Verdict? otherwise = null)
    {
        var records = new List<SourceRecord>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            await foreach (var reading in SourcesSetup.Files().ReadAsync(file, new DriftTally(), CancellationToken.None))
            {
                records.Add(Assert.IsType<ReadRecord>(reading).Record);
            }
        }

        return new LabelledSet(name, records, Label.Read(labels), otherwise);
    }

    public static Task<LabelledSet> InventedStudiesAsync() => Own("Invented", "studies");

    public static Task<LabelledSet> InventedPublicationsAsync() => Own("Invented", "publications");

    public static Task<LabelledSet> HeldOutStudiesAsync() => Own("HeldOut", "studies");

    public static Task<LabelledSet> HeldOutPublicationsAsync() => Own("HeldOut", "publications");

    private static Task<LabelledSet> Own(string folder, string kind)
    {
        var path = Path.Combine(Folder, folder);
        return ReadAsync($"{folder} {kind}", Directory.GetFiles(path, $"{kind}*.xml").Concat(Directory.GetFiles(path, $"{kind}*.json")), Path.Combine(path, $"{kind}.csv"));
    }
}

/// <param name="Verdict">Null: it counts neither way.</param>
/// <param name="Targets">Null where they are not labelled.</param>
/// <param name="Evidence">What says CAR-T: the text, or a product's name alone; empty where nobody labelled it.</param>
internal sealed record Label(Verdict? Verdict, IReadOnlySet<string>? Targets, string Why, string Evidence)
{
    /// <summary>The first column is the id; there are columns label and targets; a label "either", or evidence "none", counts neither way.</summary>
    public static IReadOnlyDictionary<string, Label> Read(string file)
    {
        using var rows = new TextFieldParser(file) { TextFieldType = FieldType.Delimited, Delimiters = [","] };
        var columns = rows.ReadFields()!;
        var labels = new Dictionary<string, Label>(StringComparer.Ordinal);
        while (rows.ReadFields() is { } row)
        {
            var verdict = Enum.TryParse<Verdict>(Of("label"), ignoreCase: true, out var said) && Of("evidence") != "none" ? said : (Verdict?)null;
            var targets = Of("targets").Split(';', StringSplitOptions.RemoveEmptyEntries).Where(target => target != "?").ToHashSet(StringComparer.Ordinal);
            labels.Add(row[0], new Label(verdict, targets, Of("why"), Of("evidence")));

            string Of(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? row[at] : "";
        }

        return labels;
    }
}
