using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>Links, proposals and warnings as people read them: each with its reasons under it.</summary>
internal static class LinkLines
{
    public static IEnumerable<string> Joined(ListedLinks listed)
    {
        yield return $"{listed.Studies.Count:N0} {(listed.Record is null ? "studies of several records" : "studies that it is of")}.";
        foreach (var study in listed.Studies)
        {
            yield return $"study {study.Id}: {string.Join(", ", study.Records)}. {listed.Seen.Titles[study.Id]}";
            foreach (var line in LinksSeen.LinksOf(study).SelectMany(link => Of(link, "  ")).Concat(study.Reports.SelectMany(report => report.Numbers.Select(number => $"  {report.Id}: {Clue(number)}"))))
            {
                yield return line;
            }
        }
    }

    public static IEnumerable<string> Duplicates(ListedLinks listed)
    {
        yield return $"{listed.Twice.Count:N0} pairs are one publication, or preprint and paper; of {listed.PerhapsTwice.Count:N0} it cannot be told.";
        foreach (var line in listed.Twice.SelectMany(twice => Of(twice.Link, "  ")).Concat(listed.PerhapsTwice.SelectMany(proposal => Of(listed, proposal))))
        {
            yield return line;
        }
    }

    public static IEnumerable<string> Proposed(ListedLinks listed)
    {
        var papers = listed.Proposals.GroupBy(proposal => LinksSeen.PaperOf(proposal.Pair)).ToList();
        yield return $"{papers.Count:N0} likely or possible papers that no number joins to a registration held have some proposed.";
        foreach (var line in papers.SelectMany(paper => paper.SelectMany(proposal => Of(listed, proposal)).Prepend($"{paper.Key} ({Verdict(listed, paper.Key)}). {listed.Seen.Titles[paper.Key]}{Unheld(listed, paper.Key)}")))
        {
            yield return line;
        }
    }

    public static IEnumerable<string> Patients(ListedLinks listed)
    {
        yield return $"{listed.Patients.Count:N0} pairs of records may count the same patients.";
        foreach (var line in listed.Patients.SelectMany(warning => (string[])[$"  {warning.Pair}: {warning.Reason}", .. warning.Parts.Select(Part)]))
        {
            yield return line;
        }
    }

    public static IEnumerable<string> Decided(ListedLinks listed)
    {
        yield return $"People said {listed.Said.Count:N0} words on links.";
        foreach (var (first, second, said, holds) in listed.Said)
        {
            yield return $"  {said.At:yyyy-MM-dd} {said.By}: {first} and {second} are {(said.Word == LinkWord.Confirmed ? "of one study" : "kept apart")}{(holds ? "" : ", until a later word")}.{(said.Because is null ? "" : $" {said.Because}")}";
        }
    }

    public static IEnumerable<string> Of(Link link, string indent) =>
        link.Clues.Select(clue => $"{indent}  {Clue(clue)}").Prepend($"{indent}{link.Pair}: {Words(link.Kind)}, {Words(link.Strength)}");

    public static string Verdict(ListedLinks listed, RecordId record) => listed.Seen.Verdicts.TryGetValue(record, out var verdict) ? Spelling.Of(verdict) : "not judged";

    public static string Clue(LinkClue clue) =>
        $"{Words(clue.Strength)}: {clue.Reason} ({clue.Clue} in {clue.ReadIn}{string.Concat(clue.Words.Select(words => $"; {words.Field}: \"{words.Text}\""))})";

    /// <summary>A paper that names a trial which is not held may still report one that is: under another registry's number.</summary>
    private static string Unheld(ListedLinks listed, RecordId paper) =>
        string.Join(", ", listed.Seen.NumbersOf(paper).Select(clue => clue.Number)) is { Length: > 0 } numbers ? $" It names {numbers}, of no registration held." : "";

    private static IEnumerable<string> Of(ListedLinks listed, Proposal proposal)
    {
        var other = proposal.Pair.First == LinksSeen.PaperOf(proposal.Pair) ? proposal.Pair.Second : proposal.Pair.First;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"  {proposal.Pair}: {proposal.Score:0.0} points, {Words(proposal.Kind)}. {other} ({Verdict(listed, other)}). {listed.Seen.Titles[other]}"),
            .. proposal.Parts.Where(part => part.Points != 0).Select(Part),
            .. proposal.Clues.Select(clue => $"      {Clue(clue)}"),
        ];
    }

    private static string Part(ComparedPart part) =>
        string.Create(CultureInfo.InvariantCulture, $"      {part.Part}{(part.Points == 0 ? "" : $" {part.Points:+0.0;-0.0}")}: {part.First ?? "nothing"} | {part.Second ?? "nothing"}");

    private static string Words<T>(T value)
        where T : struct, Enum => Spelling.Of(value).Replace('_', ' ');
}
