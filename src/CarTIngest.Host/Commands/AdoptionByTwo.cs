using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>How a change of strategy or rulebook is adopted on the command line: by its author, a second reader and a reason.</summary>
internal static class AdoptionByTwo
{
    private static readonly Option<string?> AdoptBy = new("--adopt-by") { Description = "Adopts it: the name of whoever wrote it.", HelpName = "NAME" };
    private static readonly Option<string?> Second = new("--second-reader") { Description = "Who read it besides.", HelpName = "NAME" };
    private static readonly Option<string?> Because = new("--because") { Description = "Why it is changed.", HelpName = "TEXT" };

    public static IReadOnlyList<Option> Options => [AdoptBy, Second, Because];

    /// <exception cref="UsageException">One of the three is missing.</exception>
    public static bool IsAsked(ParseResult call) => (call.GetValue(AdoptBy), call.GetValue(Second), call.GetValue(Because)) switch
    {
        (null, null, null) => false,
        (null, _, _) => throw new UsageException("--second-reader and --because belong to an adoption: name who wrote the change with --adopt-by."),
        (_, null, _) => throw new UsageException("A change is adopted by two: name the other with --second-reader."),
        (_, _, null) => throw new UsageException("Say why it is changed, with --because."),
        _ => true,
    };

    /// <summary>Only where it is asked.</summary>
    /// <exception cref="DecisionRefusedException">The rules say no.</exception>
    public static async Task WriteAsync(ParseResult call, IServiceProvider provider, Protocol protocol, IReadOnlyList<AdoptedChange> changes, CancellationToken cancellationToken)
    {
        var (author, second, because) = (call.GetValue(AdoptBy)!.Trim(), call.GetValue(Second)!.Trim(), call.GetValue(Because)!.Trim());
        foreach (var change in changes)
        {
            var content = new RulesChanged(author, second, because, change.From, change.To, change.Gained, change.Lost);
            await provider.GetRequiredService<DecisionBook>().WriteAsync(protocol, new DecisionDraft(author, change.Subject, content), (_, _) => Task.FromResult<DecisionSubject?>(null), cancellationToken);
        }

        await Console.Error.WriteLineAsync($"Adopted by {author} and {second}. It takes effect with the next night, when the review folder holds it.");
    }
}

/// <param name="Subject">rulebook, or strategy: and a source.</param>
/// <param name="From">The hash of the one in force.</param>
internal sealed record AdoptedChange(string Subject, string From, string To, int Gained, int Lost);
