using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Tests.Screening;

namespace CarTIngest.Tests.Facts;

public sealed class StudyFactsTests
{
    private static readonly RecordFacts Registration = new(Judged.Id("nct:NCT97000001"), [Says(FactKind.Phase, "PHASE1"), Says(FactKind.Enrollment, "24"), Says(FactKind.Product, "CD33 CAR-T cells")]);
    private static readonly RecordFacts Paper = new(Judged.Id("pmid:5"), [Says(FactKind.Phase, "PHASE1"), Says(FactKind.Enrollment, "21"), Says(FactKind.Product, "LX-77"), Says(FactKind.CellSource, "autologous")]);
    private static readonly RecordFacts Letter = new(Judged.Id("pmid:40"), [Says(FactKind.Enrollment, "21")]);

    [Fact]
    public void The_registrations_answer_is_first_and_every_other_stays_with_who_gave_it()
    {
        var enrolled = StudyFact.Of([Letter, Paper, Registration]).Single(fact => fact.Kind == FactKind.Enrollment);

        Assert.True(enrolled.Differs);
        Assert.Equal(["24 nct:NCT97000001", "21 pmid:5 pmid:40"], enrolled.Told.Select(told => $"{told.Text} {string.Join(' ', told.By)}"));
    }

    [Fact]
    public void What_only_a_paper_says_is_the_studys_and_what_nobody_says_is_absent() =>
        Assert.Equal([FactKind.Phase, FactKind.Enrollment, FactKind.Product, FactKind.CellSource], StudyFact.Of([Paper, Registration]).Select(fact => fact.Kind));

    [Fact]
    public void Records_that_agree_are_one_answer_and_two_names_of_a_product_are_no_difference() =>
        Assert.Equal([FactKind.Enrollment], StudyFact.Of([Registration, Paper]).Where(fact => fact.Differs).Select(fact => fact.Kind));

    [Fact]
    public void The_order_of_the_records_makes_no_difference() =>
        Assert.Equal(Written([Registration, Paper, Letter]), Written([Letter, Registration, Paper]));

    private static string Written(RecordFacts[] records) => string.Join('\n', StudyFact.Of(records).Select(fact => $"{fact.Kind} {string.Join(" | ", fact.Told.Select(told => $"{told.Text} {string.Join(' ', told.By)}"))}"));

    private static Fact Says(FactKind kind, string value) => new(kind, [value], [new CarTIngest.Eligibility.Quote("title", 0, value.Length, value)]);
}
