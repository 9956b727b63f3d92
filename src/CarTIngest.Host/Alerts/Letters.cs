using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting.Digests;

namespace CarTIngest.Host.Alerts;

/// <summary>From what is told to the message of one recipient: by the templates, with why it came and how to end it under it.</summary>
public sealed class Letters(MailTemplates templates, AlertsPlace place)
{
    /// <summary>Digests and signs of life are one thread.</summary>
    private const string DigestTopic = "digest";

    public LetterText Digest(Digest digest, Recipient recipient, long run) => templates.Write(digest, Footer(recipient, Rhythm(recipient), run));

    public OutboxDraft DigestTo(Recipient recipient, Digest digest, long after, long upTo) =>
        Draft(recipient, OutboxKind.Digest, string.Create(CultureInfo.InvariantCulture, $"digest/{after}-{upTo}"), DigestTopic, upTo, Digest(digest, recipient, upTo));

    /// <param name="day">On which it is said: once a day at most, and again after the next silence, whether or not a run ended in between.</param>
    /// <param name="run">The last that ended; 0: none.</param>
    public OutboxDraft AliveTo(Recipient recipient, Digest digest, DateOnly day, long run)
    {
        ArgumentNullException.ThrowIfNull(digest);
        var letter = templates.Write(digest, Footer(recipient, "You get this because nothing else was written to you for a week.", run));
        return Draft(recipient, OutboxKind.Alive, string.Create(CultureInfo.InvariantCulture, $"alive/{day:yyyy-MM-dd}"), DigestTopic, run, letter);
    }

    public OutboxDraft AlertTo(Recipient recipient, UrgentNews news, IReadOnlyList<string> held, long run)
    {
        ArgumentNullException.ThrowIfNull(news);
        var letter = templates.Write(news.Told(held), Footer(recipient, "You get this at once because it cannot wait for a digest.", run));
        return Draft(recipient, OutboxKind.Alert, $"{news.Kind}/{news.Cause}", $"study {news.Seen.Study}", run, letter);
    }

    private static OutboxDraft Draft(Recipient recipient, string kind, string key, string topic, long run, LetterText letter) =>
        new($"{key}/{recipient.Address}", kind, OutboxChannel.Mail, recipient.Address, recipient.AccountId, topic, run == 0 ? null : run, letter.Subject, letter.Text, letter.Html);

    private List<DigestLine> Footer(Recipient recipient, string why, long run)
    {
        var lines = new List<DigestLine> { DigestLine.Of(why) };
        if (recipient.UnsubscribeId is { } id && place.Pages is { } pages)
        {
            lines.Add(new DigestLine("", "To end this mail:", new Uri(pages, $"unsubscribe/{Uri.EscapeDataString(id)}")));
        }

        if (place.Pages is { } address && run > 0)
        {
            lines.Add(new DigestLine("", "The night in full:", new Uri(address, string.Create(CultureInfo.InvariantCulture, $"nights/{run}"))));
        }

        lines.Add(DigestLine.Of(string.Create(CultureInfo.InvariantCulture, $"CarTIngest{(run > 0 ? $", run {run}" : "")}. A machine says likely or possible; only people say included.")));
        return lines;
    }

    private static string Rhythm(Recipient recipient) => recipient.Rhythm switch
    {
        DigestRhythm.Nightly => "You get this after every night on which something came.",
        DigestRhythm.Weekly => "You get this once in every week in which something came.",
        _ => "You asked to see this once.",
    };
}
