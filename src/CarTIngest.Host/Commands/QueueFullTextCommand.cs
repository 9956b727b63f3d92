using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue full-text</c>: where the search for a full text stands.</summary>
internal static class QueueFullTextCommand
{
    private static readonly Option<FullTextState> Found = StudyDecision.OneOf<FullTextState>("--state", "Where the search for it stands.");

    private static readonly Option<string?> Link = new("--link") { Description = "Where it was obtained.", HelpName = "URL" };

    public static Command Create() => StudyDecision.Verb(
        "full-text",
        "Says where the search for a study's full text stands.",
        "queue full-text pmid:90000001 --state obtained --link https://example.org/90000001 --as \"Ada Muster\"",
        call => new FullTextFound(call.GetValue(Found), call.GetValue(Link)),
        Found, Link);
}
