using System.CommandLine;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting.Digests;

namespace CarTIngest.Host.Commands;

/// <summary><c>digest</c>: what the next digest would say. Nothing is sent and no mark moves.</summary>
internal static class DigestCommand
{
    private static readonly Option<string?> For = new("--for") { Description = "A person's name or address, or a role; a lead where it is not given.", HelpName = "NAME|ROLE" };
    private static readonly Option<long?> Since = new("--since") { Description = "Of all runs after this one, instead of those that were not told yet; 0 for all.", HelpName = "RUN" };
    private static readonly Option<bool> Html = new("--html") { Description = "The HTML part instead of the text." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("digest", "What the next digest would say, without sending it.", "digest --for reviewer --since 12", For, Since, Html, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        var stores = provider.GetRequiredService<StoreFactory>();
        await stores.RequireAsync(cancellationToken);
        var recipient = await FindAsync(provider, stores, call.GetValue(For) ?? Role.Lead, cancellationToken);
        if (await provider.GetRequiredService<DigestDesk>().PreviewAsync(recipient, call.GetValue(Since), cancellationToken) is not { } letter)
        {
            Answers.Line("Nothing to tell: no mail would be written.");
            return ExitCode.Done;
        }

        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { To = recipient.Address, letter.Subject, letter.Text, letter.Html });
        }
        else
        {
            Answers.Line(call.GetValue(Html) ? letter.Html : $"Subject: {letter.Subject}\n\n{FlowedText.Plain(letter.Text)}".TrimEnd());
        }

        return ExitCode.Done;
    }

    /// <summary>Somebody of that name; else somebody of that role, invented where nobody has it.</summary>
    /// <exception cref="UsageException">Nobody of that name is told anything.</exception>
    private static async Task<Recipient> FindAsync(ServiceProvider provider, StoreFactory stores, string named, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var all = await provider.GetRequiredService<Recipients>().ReadAsync(store, cancellationToken);
        return all.FirstOrDefault(recipient => Is(recipient.Name, named) || Is(recipient.Address, named))
            ?? all.FirstOrDefault(recipient => recipient.Roles.Contains(named))
            ?? (Role.All.Contains(named, StringComparer.Ordinal)
                ? new Recipient(NightMail.Played, null, null, new HashSet<string>(StringComparer.Ordinal) { named }, Recipient.UsualOf(new HashSet<string>(StringComparer.Ordinal) { named }), AtOnce: true, null, null)
                : throw new UsageException($"--for {named}: nobody of that name has an account, and it is no role ({string.Join(", ", Role.All)})."));
    }

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
