using CarTIngest.Facts;
using static CarTIngest.Tests.Facts.FactText;

namespace CarTIngest.Tests.Facts;

public sealed class PublishedPatientsTests
{
    [Theory]
    [InlineData("24 patients will be enrolled.")]
    [InlineData("At least 24 patients were enrolled.")]
    [InlineData("Up to 24 patients were enrolled.")]
    [InlineData("The first 24 patients enrolled are reported.")]
    [InlineData("Another 24 patients were enrolled later.")]
    [InlineData("In cohort 2, 24 patients were enrolled.")]
    [InlineData("24 patients were enrolled at dose level 3.")]
    [InlineData("24 patients were enrolled in the expansion.")]
    [InlineData("24 of 30 patients were enrolled.")]
    [InlineData("24.5 patients were enrolled a year.")]
    [InlineData("1,024 patients were enrolled.")]
    [InlineData("10-24 patients were enrolled.")]
    [InlineData("One hundred and twenty patients were enrolled.")]
    [InlineData("24 mice were enrolled.")]
    [InlineData("Five trials were found; 24 patients were enrolled.")]
    [InlineData("Across 5 studies 24 patients were enrolled.")]
    [InlineData("24 patients were screened.")]
    [InlineData("24 patients were infused.")]
    [InlineData("Patients with CD33 were enrolled.")]
    [InlineData("The median age of 24 patients was 60, and they were enrolled in Beijing.")]
    [InlineData("24 patients were enrolled. 21 patients were enrolled.")]
    [InlineData("Response was seen in 12 patients enrolled early.")]
    [InlineData("Many were enrolled; 24 patients were screened.")]
    [InlineData("Patients enrolled 24 months before were alive.")]
    public void Enrolment_is_silent_where_the_number_is_another(string text) => Assert.Null(Said(text, FactKind.Enrollment));

    [Theory]
    [InlineData("24 patients were enrolled.", "24")]
    [InlineData("Twenty-four patients were enrolled and 21 were infused.", "24")]
    [InlineData("A total of 24 patients were enrolled. In all, 6 patients were enrolled twice.", "24")]
    [InlineData("Between 2018 and 2020, 24 adult patients with relapsed or refractory CD33-positive AML were enrolled.", "24")]
    [InlineData("30 patients were screened and 24 were enrolled.", "24")]
    [InlineData("We enrolled 24 pediatric patients.", "24")]
    [InlineData("Of 24 patients enrolled, 21 were infused.", "24")]
    [InlineData("Of the 24 enrolled patients, 21 responded.", "24")]
    [InlineData("24 patients were enrolled in this phase 1 trial.", "24")]
    [InlineData("Eleven children were prospectively enrolled.", "11")]
    public void Enrolment_is_read_of_whole_sentences(string text, string number) => Assert.Equal(number, Said(text, FactKind.Enrollment));

    [Theory]
    [InlineData("12 patients were treated with bridging chemotherapy before they came back.")]
    [InlineData("12 patients received fludarabine and cyclophosphamide.")]
    [InlineData("12 patients received a second CAR-T infusion.")]
    [InlineData("12 patients were treated with CAR-T cells in cohort 1.")]
    [InlineData("12 patients were enrolled.")]
    [InlineData("12 patients had received CAR-T cells before enrollment.")]
    [InlineData("6 of 12 patients received CAR-T cells.")]
    public void Treatment_is_silent_where_something_else_was_given(string text) => Assert.Null(Said(text, FactKind.Treated));

    [Theory]
    [InlineData("24 patients were enrolled and 21 were infused.", "21")]
    [InlineData("Twenty-one patients were infused.", "21")]
    [InlineData("21 patients received CD33 CAR-T cells.", "21")]
    [InlineData("21 patients with AML were treated with autologous CAR-T cells.", "21")]
    [InlineData("Twelve participants were dosed.", "12")]
    public void Treatment_is_read_apart_from_enrolment(string text, string number) => Assert.Equal(number, Said(text, FactKind.Treated));

    [Fact]
    public void Quotes_the_whole_expression()
    {
        var fact = FactsOf(Paper("In short, twenty‑four patients with AML were enrolled.")).Single(fact => fact.Kind == FactKind.Enrollment);

        Assert.Equal(("24", "twenty‑four patients with AML were enrolled"), (fact.Text, Assert.Single(fact.Quotes).Text));
    }
}
