using CarTIngest.Records;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>
/// <c>datetype</c> with <c>mindate</c> and <c>maxdate</c>. Only <c>edat</c> and <c>mdat</c> narrow: <c>crdt</c> and <c>mhda</c> are not documented and are
/// ignored without a word, as is a range with one bound. Publication dates are topical here.
/// </summary>
internal static class DateParameters
{
    public static IReadOnlyList<Pmid> Narrow(IReadOnlyList<Pmid> found, PublicationsInForce publications, Parameters parameters)
    {
        var field = parameters["datetype"] switch
        {
            "edat" => SearchField.Entered,
            "mdat" => SearchField.Modified,
            _ => SearchField.Topical,
        };
        if (field == SearchField.Topical
            || EntrezDates.First(parameters["mindate"] ?? "") is not { } first
            || EntrezDates.Last(parameters["maxdate"] ?? "") is not { } last)
        {
            return found;
        }

        return
        [
            .. found.Where(pmid => publications.Find(pmid) is { } publication
                && EntrezDates.Of(publication.Dates, field) is { } date
                && date >= first
                && date <= last),
        ];
    }
}
