using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>Links, proposals and warnings as JSON lines; <c>what</c> tells them apart.</summary>
internal static class LinkShapes
{
    public static IEnumerable<object> Joined(ListedLinks listed) => listed.Studies.SelectMany(study =>
        LinksSeen.LinksOf(study).Select(link => Of(link, study.Id.Text)).Concat(study.Reports.SelectMany(report => report.Numbers.Select(number => Of(number, study.Id.Text)))));

    public static IEnumerable<object> Duplicates(ListedLinks listed) =>
        listed.Twice.Select(twice => Of(twice.Link, twice.Study.Id.Text)).Concat(listed.PerhapsTwice.Select(proposal => Of(listed, proposal)));

    public static IEnumerable<object> Proposed(ListedLinks listed) => listed.Proposals.Select(proposal => Of(listed, proposal));

    public static IEnumerable<object> Patients(ListedLinks listed) => listed.Patients.Select(warning => (object)new
    {
        What = "same_patients",
        First = warning.Pair.First.Text,
        Second = warning.Pair.Second.Text,
        Study = warning.Study?.Text,
        warning.Reason,
        warning.Parts,
    });

    public static IEnumerable<object> Decided(ListedLinks listed) => listed.Said.Select(each => (object)new
    {
        What = "decided",
        each.First,
        each.Second,
        Word = Spelling.Of(each.Said.Word),
        As = each.Said.By,
        each.Said.At,
        each.Said.Because,
        each.Holds,
    });

    public static object Of(Link link, string? study) => new
    {
        What = "link",
        Study = study,
        First = link.Pair.First.Text,
        Second = link.Pair.Second.Text,
        Kind = Spelling.Of(link.Kind),
        Strength = Spelling.Of(link.Strength),
        Clues = link.Clues.Select(Of),
    };

    /// <summary>A number that joins though no registration held carries it.</summary>
    public static object Of(LinkClue number, string? study) => new { What = "number", Study = study, Record = number.ReadIn.Text, number.Number, Clues = (object[])[Of(number)] };

    private static object Of(ListedLinks listed, Proposal proposal) => new
    {
        What = "proposal",
        First = proposal.Pair.First.Text,
        Second = proposal.Pair.Second.Text,
        Kind = Spelling.Of(proposal.Kind),
        Score = Math.Round(proposal.Score, 3),
        Verdicts = (string[])[LinkLines.Verdict(listed, proposal.Pair.First), LinkLines.Verdict(listed, proposal.Pair.Second)],
        Parts = proposal.Parts.Select(part => new { part.Part, part.First, part.Second, Points = Math.Round(part.Points, 3) }),
        Clues = proposal.Clues.Select(Of),
        Names = listed.Seen.NumbersOf(LinksSeen.PaperOf(proposal.Pair)).Select(number => number.Number),
    };

    private static object Of(LinkClue clue) => new { clue.Clue, Strength = Spelling.Of(clue.Strength), clue.Reason, ReadIn = clue.ReadIn.Text, clue.Number, Date = clue.Date?.Text, clue.Words };
}
