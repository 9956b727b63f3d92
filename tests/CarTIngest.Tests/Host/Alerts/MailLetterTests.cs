using System.Diagnostics;
using System.Text.Json;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>Read by Python's email package, which knows nothing of how we write.</summary>
public sealed class MailLetterTests
{
    private const string Reader = """
        import sys, json, email
        from email import policy
        mail = email.message_from_binary_file(sys.stdin.buffer, policy=policy.default)
        print(json.dumps({
            "headers": [[name, str(value)] for name, value in mail.items()],
            "types": [part.get_content_type() for part in mail.walk()],
            "flowed": [part.get_param("format") for part in mail.walk() if part.get_content_type() == "text/plain"],
            "texts": [part.get_content() for part in mail.walk() if not part.is_multipart()],
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
        }))
        """;

    private static readonly AlertsOptions Options = new() { Smtp = new SmtpOptions { From = "review@hospital.example" }, ReplyTo = "lead@hospital.example" };

    [SkippableFact]
    public void Another_reader_finds_every_header_and_both_parts()
    {
        var mail = Read(Letter().BytesOf(Row(), "abc"));

        Assert.Equal($"<{Face().MessageId(Row())}>", mail.Header("Message-Id"));
        Assert.Equal("CarTIngest <review@hospital.example>", mail.Header("From"));
        Assert.Equal("lead@hospital.example", mail.Header("Reply-To"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("Mon, 02 Mar 2026 06:00:00 +0000", mail.Header("Date"));
        Assert.Equal("CarTIngest digest <digest.cartingest.review.hospital.example>", mail.Header("List-Id"));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.Equal("<https://review.hospital.example/unsubscribe/abc>", mail.Header("List-Unsubscribe").Split(", ")[0]);
        Assert.StartsWith("<topic.", mail.Header("References"), StringComparison.Ordinal);
        Assert.Equal("3 neue Studien – CLL‑1", mail.Header("Subject"));
        Assert.Equal(["multipart/alternative", "text/plain", "text/html"], mail.Types);
        Assert.Equal(["flowed"], mail.Flowed);
        Assert.Contains("γδ CAR‑T", mail.Texts[0], StringComparison.Ordinal);
        Assert.Empty(mail.Defects);
    }

    [Fact]
    public void The_same_row_gives_the_same_bytes() => Assert.Equal(Letter().BytesOf(Row(), "abc"), Letter().BytesOf(Row(), "abc"));

    [Fact]
    public void Two_messages_of_one_number_have_two_names() =>
        Assert.NotEqual(Face().MessageId(Row()), Face().MessageId(new OutboxMessage
        {
            Id = 7,
            Key = "k",
            Kind = "digest",
            Channel = "mail",
            Recipient = "ada@hospital.example",
            Topic = "digest",
            Subject = "",
            Text = "",
            CreatedAt = Row().CreatedAt.AddSeconds(1),
            State = OutboxState.Pending,
            NextAttemptAt = Row().CreatedAt,
        }));

    [SkippableTheory]
    [InlineData("\r\nBcc: victim@hospital.example")]
    [InlineData("\nBcc: victim@hospital.example")]
    [InlineData("\rBcc: victim@hospital.example")]
    [InlineData("\u0085Bcc: victim@hospital.example")]
    [InlineData("\u2028Bcc: victim@hospital.example")]
    [InlineData("\u2029Bcc: victim@hospital.example")]
    public void A_line_break_in_a_title_makes_no_header(string tail)
    {
        var mail = Read(Letter().BytesOf(Row($"A title{tail}"), null));

        Assert.Equal("A title Bcc: victim@hospital.example", mail.Header("Subject"));
        Assert.DoesNotContain(mail.Headers, header => header[0] == "Bcc");
    }

    [SkippableFact]
    public void One_click_is_promised_over_TLS_alone()
    {
        var mail = Read(new MailLetter(Face("http://review.hospital.example")).BytesOf(Row(), "abc"));

        Assert.DoesNotContain(mail.Headers, header => header[0] == "List-Unsubscribe-Post");
        Assert.Contains(mail.Headers, header => header[0] == "List-Unsubscribe");
    }

    [SkippableFact]
    public void Who_has_no_account_is_given_an_address_to_write_to()
    {
        var mail = Read(Letter().BytesOf(Row(), null));

        Assert.Equal("<mailto:lead@hospital.example?subject=unsubscribe%20digest>", mail.Header("List-Unsubscribe"));
        Assert.DoesNotContain(mail.Headers, header => header[0] == "List-Unsubscribe-Post");
    }

    [SkippableFact]
    public void An_alarm_offers_no_way_to_end_it()
    {
        var mail = Read(Letter().BytesOf(Row(kind: "operator"), "abc"));

        Assert.DoesNotContain(mail.Headers, header => header[0].StartsWith("List-Unsubscribe", StringComparison.Ordinal));
        Assert.Equal("CarTIngest operator <operator.cartingest.review.hospital.example>", mail.Header("List-Id"));
    }

    [Fact]
    public void No_line_is_longer_than_mail_allows()
    {
        var bytes = Letter().BytesOf(Row(), "abc");

        Assert.All(System.Text.Encoding.UTF8.GetString(bytes).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    private static MailFace Face(string pages = "https://review.hospital.example") => new(Options, new AlertsPlace(new Uri(pages), TimeZoneInfo.Utc));

    private static MailLetter Letter() => new(Face());

    private static OutboxMessage Row(string subject = "3 neue Studien – CLL‑1", string kind = "digest") => new()
    {
        Id = 7,
        Key = "k",
        Kind = kind,
        Channel = "mail",
        Recipient = "ada@hospital.example",
        Topic = "digest",
        Subject = subject,
        Text = $"γδ CAR‑T\n{string.Join(' ', Enumerable.Repeat("word", 400))}\nFrom here on.",
        Html = "<p>γδ CAR‑T</p>",
        CreatedAt = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero),
        State = OutboxState.Pending,
        NextAttemptAt = default,
    };

    private static Seen Read(byte[] mail)
    {
        var start = new ProcessStartInfo("python3", ["-c", Reader]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? python;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            python = null;
        }

        Shared.Require(python is not null, "there is no python3");
        using (python)
        {
            python!.StandardInput.BaseStream.Write(mail);
            python.StandardInput.Close();
            var said = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return JsonSerializer.Deserialize<Seen>(said, JsonSerializerOptions.Web)!;
        }
    }

    private sealed record Seen(List<List<string>> Headers, List<string> Types, List<string> Flowed, List<string> Texts, List<string> Defects)
    {
        public string Header(string name) => Headers.Single(header => string.Equals(header[0], name, StringComparison.OrdinalIgnoreCase))[1];
    }
}
