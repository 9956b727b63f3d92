using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

public sealed class BaseReviewFileTests
{
    private const string Head = """{"version": "1.0", "doi": "10.9999/invented", "searchDate": "2025-01", "studies": 4, "patients": 40}""";

    private const string Rows = "study,pmid,nct,patients,note\nMuster 2020,90000001;90000002,NCT99000001,12,\"letter, and paper\"\nNobody 2021,,NCT99000002,NR,\nNobody 2021,90000003,,,later\nAnyone 2022,,,20,\n";

    [Fact]
    public void Takes_studies_with_their_reports_and_says_the_difference_in_words()
    {
        var review = Read(Head, Rows);

        Assert.Equal("2025-01", review.Searched.Text);
        Assert.Equal(["Muster 2020", "Nobody 2021", "Anyone 2022"], review.ListedStudies.Select(study => study.Name));
        Assert.Equal(["pmid:90000001", "pmid:90000002", "nct:NCT99000001"], review.ListedStudies[0].Records.Select(record => record.Text));
        Assert.Null(review.ListedStudies[1].Patients);
        Assert.Equal(
            [
                "Studies: 4 as published, 3 in the rows; 1 fewer in the rows.", "Patients: 40 as published, 32 in the rows; 8 fewer in the rows.",
                "1 study does not report patients; they are not counted as 0.", "1 study has neither pmid nor nct: nothing new can be recognised as theirs.",
            ],
            review.Differences());
    }

    [Theory]
    [InlineData("January 2025", "2025-01")]
    [InlineData("31 January 2025", "2025-01-31")]
    [InlineData("2025", "2025")]
    public void Takes_the_date_of_the_search_as_people_write_it(string written, string searched) =>
        Assert.Equal(searched, Read(Head.Replace("2025-01", written, StringComparison.Ordinal), Rows).Searched.Text);

    [Theory]
    [InlineData("\"2025-01\"", "\"last winter\"", "", "", "base.json(1): 'last winter' is no date")]
    [InlineData("10.9999/invented", "invented", "", "", "base.json(1): 'invented' is no DOI")]
    [InlineData("\"studies\": 4", "\"studies\": 0", "", "", "base.json(1): write \"studies\": 25")]
    [InlineData("\"patients\"", "\"people\"", "", "", "base.json(1): the base review has no 'people'")]
    [InlineData("", "", "90000002", "9000000x", "included.csv(2): '9000000x' is no pmid number")]
    [InlineData("", "", "NCT99000002", "NCT99", "included.csv(3): 'NCT99' is no nct number")]
    [InlineData("", "", ",20,", ",0,", "included.csv(5): '0' is no number of patients: write a whole number from 1, or NR")]
    [InlineData("", "", ",20,", ",about 20,", "included.csv(5): 'about 20' is no number of patients")]
    [InlineData("", "", "\"letter, and paper\"", "letter, and paper", "included.csv(2): there are 6 cells and 5 columns")]
    [InlineData("", "", "Anyone 2022", "", "included.csv(5): the study has no name")]
    [InlineData("", "", "\"letter, and paper\"", "\"letter", "included.csv(")]
    [InlineData("", "", "Nobody 2021,,NCT99000002", "\n  \nNobody 2021,,NCT9", "included.csv(5): 'NCT9' is no nct number")]
    [InlineData("", "", "\"letter, and paper\"\nNobody 2021,,NCT99000002", "\"two\nlines\"\nNobody 2021,,NCT9", "included.csv(4): 'NCT9' is no nct number")]
    [InlineData("", "", "pmid,nct", "pubmed,nct", "included.csv(1): it begins with the line study,pmid,nct,patients,note")]
    public void A_fault_is_named_with_its_line_and_nothing_is_taken(string inHead, string instead, string inRows, string insteadOfRow, string says)
    {
        var head = inHead.Length > 0 ? Head.Replace(inHead, instead, StringComparison.Ordinal) : Head;
        var rows = inRows.Length > 0 ? Rows.Replace(inRows, insteadOfRow, StringComparison.Ordinal) : Rows;

        Assert.Contains(says, Assert.Throws<ReviewFileException>(() => Read(head, rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_both_files_are_named_at_once() =>
        Assert.Equal(3, Assert.Throws<ReviewFileException>(() => Read(Head.Replace("2025-01", "soon", StringComparison.Ordinal), Rows.Replace(",20,", ",x,", StringComparison.Ordinal).Replace("90000003", "y", StringComparison.Ordinal))).Faults.Count);

    private static BaseReview Read(string head, string rows) => BaseReviewFile.Read(head, "base.json", IncludedTable.Read(new StringReader(rows), "included.csv"));
}
