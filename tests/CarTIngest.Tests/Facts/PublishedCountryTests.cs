using CarTIngest.Facts;
using static CarTIngest.Tests.Facts.FactText;

namespace CarTIngest.Tests.Facts;

public sealed class PublishedCountryTests
{
    [Theory]
    [InlineData("Tisagenlecleucel is approved in Germany.")]
    [InlineData("AML is common in China.")]
    [InlineData("The trial was registered in China and conducted by us.")]
    [InlineData("Vectors were manufactured in France and patients were treated.")]
    [InlineData("Patients were treated in us all.")]
    [InlineData("Patients were treated with turkey serum.")]
    [InlineData("Patients from Spain were treated in Madrid.")]
    public void Silent_in_passing(string text) => Assert.Null(Said(text, FactKind.Country));

    [Theory]
    [InlineData("The trial was conducted at three centers in Germany.", "Germany")]
    [InlineData("Patients were recruited in the United States, Canada and the UK.", "Canada; United Kingdom; United States")]
    [InlineData("This study was done at two hospitals in the USA.", "United States")]
    [InlineData("Patients were enrolled at seven sites across PR China.", "China")]
    public void Read_where_it_is_said_where_the_trial_was_done(string text, string countries) => Assert.Equal(countries, Said(text, FactKind.Country));
}
