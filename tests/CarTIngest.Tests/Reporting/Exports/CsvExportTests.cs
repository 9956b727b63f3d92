using CarTIngest.Eligibility;
using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Reporting.Exports;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;
using CsCheck;
using Microsoft.VisualBasic.FileIO;

namespace CarTIngest.Tests.Reporting.Exports;

public sealed class CsvExportTests
{
    private static readonly DateOnly Night = new(2026, 3, 1);

    private static readonly char[] Signs = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '\'', '"', ',', ';', ' ', 'a', 'γ', '＝'];

    private static readonly Gen<string> Hostile = Gen.Int[0, Signs.Length - 1].Select(at => Signs[at]).Array[0, 8].Select(signs => new string(signs));

    [Fact]
    public async Task The_columns_are_these_and_each_row_has_them_all()
    {
        var table = await TableAsync(ExportReader.Machine, Row(new Publication { Pmid = 1, Title = "One" }));

        Assert.Equal(
            "record_id,kind,pmid,nct_id,doi,title,journal,year,url,first_seen,last_seen,study,verdict,class,stage,state,reason,"
                + string.Join(",", new[] { "phase", "status", "enrollment", "enrollment_type", "treated", "targets", "product", "cell_source", "country", "sponsor" }.Select(fact => $"{fact},{fact}_quote,{fact}_of_study")) + ",differing",
            string.Join(',', table[0]));
        Assert.All(table, row => Assert.Equal(table[0].Length, row.Length));
        Assert.Equal(["pmid:1", "publication", "1", "", "", "One"], table[1][..6]);
    }

    [Fact]
    public async Task A_fact_stands_beside_its_words_and_what_the_studys_other_records_say()
    {
        var phase = new Fact(FactKind.Enrollment, ["21"], [new Quote("abstract[0].text", 42, 24, "21 patients were enrolled")]);
        var ofStudy = new StudyFact(FactKind.Enrollment, [new ToldFact("24", [Judged.Id("nct:NCT97000001")]), new ToldFact("21", [Judged.Id("pmid:1")])]);
        var waits = new StudyProgress(new QueuePlace(Stage.Full, "awaiting_first", "nct:NCT97000001", Night, []), null, null, null);
        var row = Row(new Publication { Pmid = 1, Title = "One" }) with { Review = new RecordInReview(Verdict.Likely, [new ExportedStudy("nct:NCT97000001", waits)], [phase], [ofStudy]) };

        var table = await TableAsync(ExportReader.Machine, row);

        Assert.Equal(
            ["nct:NCT97000001", "likely", "", "full", "awaiting_first", "", "21", "21 patients were enrolled [abstract[0].text:42]", "24 [nct:NCT97000001] | 21 [pmid:1]", "enrollment"],
            new[] { "study", "verdict", "class", "stage", "state", "reason", "enrollment", "enrollment_quote", "enrollment_of_study", "differing" }.Select(name => table[1][Array.IndexOf(table[0], name)]));
    }

    [Fact]
    public async Task A_record_of_several_studies_names_them_all_in_one_order()
    {
        ExportedStudy[] studies = [new("nct:NCT97000001", new StudyProgress(null, StudyClass.Included, null, null)), new("nct:NCT97000002", new StudyProgress(null, StudyClass.Excluded, null, "no_aml"))];
        var table = await TableAsync(ExportReader.Machine, Row(new Publication { Pmid = 1, Title = "One" }) with { Review = new RecordInReview(null, studies, [], []) });

        Assert.Equal(["nct:NCT97000001; nct:NCT97000002", "", "included; excluded", "", "", "; no_aml"], table[1][11..17]);
    }

    [Fact]
    public async Task A_machine_gets_every_value_as_it_is_and_no_mark_before_it()
    {
        var written = await WriteAsync(ExportReader.Machine, Row(new Publication { Pmid = 1, Title = "=1+1, \"x\"\nγδ" }));

        Assert.StartsWith("record_id,kind,", written, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", written, StringComparison.Ordinal);
        Assert.Contains(",\"=1+1, \"\"x\"\"\nγδ\",", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_gets_no_formula_and_the_mark_by_which_it_knows_the_letters()
    {
        var written = await WriteAsync(ExportReader.Spreadsheet, Row(new Publication { Pmid = 1, Title = "=HYPERLINK(\"x\")", Journal = "'quoted'", Doi = "-1" }));

        Assert.StartsWith("\uFEFF\"record_id\",\"kind\",", written, StringComparison.Ordinal);
        Assert.Contains(",\"'-1\",\"'=HYPERLINK(\"\"x\"\")\",\"''quoted'\",", written, StringComparison.Ordinal);
    }

    [Fact]
    public void No_cell_for_a_spreadsheet_opens_with_a_sign_of_a_formula_and_all_values_come_back() =>
        Hostile.Sample(value =>
        {
            var spreadsheet = Unquoted(CsvCell.Of(value, ExportReader.Spreadsheet));
            Assert.True(spreadsheet.Length == 0 || !"=+-@\t\r\n\0＝".Contains(spreadsheet[0], StringComparison.Ordinal));
            Assert.Equal(value, spreadsheet.StartsWith('\'') ? spreadsheet[1..] : spreadsheet);
            Assert.Equal(value, Unquoted(CsvCell.Of(value, ExportReader.Machine)));
        });

    [Fact]
    public void Every_format_has_a_name_of_its_own() => Assert.Equal(["csv", "jsonl"], ExportFormats.All.Select(format => format.Name));

    private static string Unquoted(string cell) => cell.StartsWith('"') ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell;

    private static ExportRow Row(SourceRecord record) => new(new ExportedRecord(record, Night, Night, Baseline: false), null);

    private static async Task<string> WriteAsync(ExportReader reader, params ExportRow[] rows)
    {
        await using var written = new StringWriter();
        await ExportFormats.All.Single(format => format.Name == "csv").WriteAsync(rows.ToAsyncEnumerable(), reader, written, CancellationToken.None);
        return written.ToString();
    }

    private static async Task<IReadOnlyList<string[]>> TableAsync(ExportReader reader, params ExportRow[] rows)
    {
        using var fields = new TextFieldParser(new StringReader(await WriteAsync(reader, rows))) { TextFieldType = FieldType.Delimited, Delimiters = [","], TrimWhiteSpace = false };
        var table = new List<string[]>();
        while (fields.ReadFields() is { } row)
        {
            table.Add(row);
        }

        return table;
    }
}
