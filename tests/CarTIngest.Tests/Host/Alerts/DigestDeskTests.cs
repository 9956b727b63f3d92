using System.Security.Claims;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.AspNetCore.Identity;

namespace CarTIngest.Tests.Host.Alerts;

public sealed class DigestDeskTests : IDisposable
{
    private readonly MailNights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task Every_run_is_told_once()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();

        Assert.Equal(1, await nights.DigestAsync());
        Assert.Equal(0, await nights.DigestAsync());

        var message = Assert.Single(await nights.WrittenAsync());
        Assert.Equal(("digest", MailNights.Lead, "1 new record (CD33)"), (message.Kind, message.Recipient, message.Subject));
        Assert.Contains("ClinicalTrials.gov: 1 matched, 1 read, 1 new. Complete.", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_report_that_comes_with_a_new_trial_is_told_whichever_brought_the_study_in()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        nights.PubMed.Gives.AddRange([MailNights.Paper(7) with { RegistryNumbers = ["NCT90000001"] }, MailNights.Paper(8) with { RegistryNumbers = ["NCT90000001"] }]);
        var report = await nights.NextAsync();
        await nights.DigestAsync();

        Assert.Equal((1, 2), (report.Likely.Count, report.Beside.Count));
        var message = Assert.Single(await nights.WrittenAsync());
        Assert.Equal("3 new records (3 CD33)", message.Subject);
        Assert.All(["NCT90000001 · ", "PMID 7 · ", "PMID 8 · "], name => Assert.Contains($"\n{name}", message.Text, StringComparison.Ordinal));

        // A report that was told is not new once more with another trial.
        nights.ToNextEvening();
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000002"));
        nights.PubMed.Gives[1] = MailNights.Paper(8) with { RegistryNumbers = ["NCT90000002"] };
        await nights.NextAsync();
        await nights.DigestAsync();
        Assert.Equal("1 new record (CD33), 1 record joined to a study", (await nights.WrittenAsync())[^1].Subject);
    }

    [Fact]
    public async Task A_report_that_is_not_unlikely_any_more_is_told_as_new()
    {
        var mice = MailNights.Paper(7) with { Title = "CD33 CAR-T cells in mice", Abstract = [], RegistryNumbers = ["NCT90000001"], PublicationTypes = ["Journal Article"] };
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        nights.PubMed.Gives.Add(mice);
        Assert.Empty((await nights.NextAsync()).Beside);
        await nights.DigestAsync();

        nights.ToNextEvening();
        nights.PubMed.Gives[0] = MailNights.Paper(7) with { RegistryNumbers = ["NCT90000001"] };
        await nights.NextAsync();
        await nights.DigestAsync();
        Assert.Equal("1 new record (CD33)", (await nights.WrittenAsync())[^1].Subject);
    }

    [Fact]
    public async Task A_paper_of_two_studies_is_told_although_people_excluded_the_other()
    {
        nights.Registry.Gives.AddRange([MailNights.Trial("NCT90000001"), MailNights.Trial("NCT90000002")]);
        await nights.NextAsync();
        await nights.DigestAsync();
        await nights.ClassAsync("nct:NCT90000001", StudyClass.Excluded);
        await nights.ClassAsync("nct:NCT90000002", StudyClass.Ongoing);

        nights.ToNextEvening();
        nights.PubMed.Gives.Add(MailNights.Paper(7) with { RegistryNumbers = ["NCT90000001", "NCT90000002"] });
        await nights.NextAsync();
        await nights.DigestAsync();

        Assert.Contains("\nPMID 7 · ", (await nights.WrittenAsync("digest"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_write_at_once_write_one_message()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => nights.Desk.WriteAsync(CancellationToken.None)));

        Assert.Single(await nights.WrittenAsync());
    }

    [Fact]
    public async Task An_empty_night_is_told_nobody_and_a_week_of_them_by_a_sign_of_life()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();
        await nights.DigestAsync();
        for (var night = 0; night < 6; night++)
        {
            nights.ToNextEvening();
            await nights.NextAsync();
            Assert.Equal(0, await nights.DigestAsync());
        }

        nights.ToNextEvening();
        await nights.NextAsync();
        Assert.Equal(1, await nights.DigestAsync());

        var alive = Assert.Single(await nights.WrittenAsync("alive"));
        Assert.Contains("nothing new", alive.Subject, StringComparison.Ordinal);
        Assert.Contains("All complete.", alive.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("missed", alive.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await nights.DigestAsync());
    }

    [Fact]
    public async Task A_reviewer_is_told_on_the_weekly_morning_what_all_nights_of_the_week_brought()
    {
        nights.Clock.Advance(TimeSpan.FromDays(1));
        await AddAsync("reva", Role.Reviewer);
        for (var night = 1; night <= 7; night++)
        {
            nights.Registry.Gives.Add(MailNights.Trial($"NCT9000000{night}"));
            await nights.NextAsync();
            Assert.Equal(0, await nights.DigestAsync());
            nights.ToNextEvening();
        }

        // It is Monday evening: the morning after the Sunday on which the week ended has passed.
        Assert.Equal(1, await nights.DigestAsync());

        var message = Assert.Single(await nights.WrittenAsync());
        Assert.StartsWith("7 new records", message.Subject, StringComparison.Ordinal);
        Assert.Contains("7 nights, 2 Mar 2026 to 8 Mar 2026.", message.Text, StringComparison.Ordinal);
        Assert.Contains("7 titles to screen", message.Text, StringComparison.Ordinal);
        Assert.NotNull(message.AccountId);
    }

    [Fact]
    public async Task While_somebody_has_an_account_the_address_of_the_settings_is_told_nothing()
    {
        await AddAsync("lena", Role.Lead);
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();

        await nights.DigestAsync();

        Assert.Equal("lena@review.example", Assert.Single(await nights.WrittenAsync()).Recipient);
    }

    [Fact]
    public async Task Operators_who_ended_it_and_the_locked_are_told_nothing_of_the_review()
    {
        await AddAsync("olaf", Role.Operator);
        await AddAsync("nina", Role.Lead, account => account.Digest = DigestRhythm.Never);
        await AddAsync("lars", Role.Lead, account => account.LockoutEnd = Account.EndOfTime);
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();

        Assert.Equal(0, await nights.DigestAsync());
    }

    [Fact]
    public async Task An_operator_is_not_told_the_digest_of_another_who_stands_at_the_same_mark()
    {
        await AddAsync("lena", Role.Lead);
        await AddAsync("olaf", Role.Operator);
        Assert.Equal(0, await nights.DigestAsync());
        nights.ToNextEvening();
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();
        nights.Clock.Advance(TimeSpan.FromDays(6));

        Assert.Equal(2, await nights.DigestAsync());

        Assert.Equal([("digest", "lena@review.example"), ("alive", "olaf@review.example")], (await nights.WrittenAsync()).Select(row => (row.Kind, row.Recipient)).Order().Reverse());
        Assert.Equal("The searches run", Assert.Single(await nights.WrittenAsync("alive")).Subject);
    }

    [Fact]
    public async Task A_silence_of_two_weeks_in_which_no_run_ends_is_ended_twice()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        long? run = (await nights.NextAsync()).Run;
        await nights.DigestAsync();
        for (var day = 0; day < 15; day++)
        {
            nights.Clock.Advance(TimeSpan.FromDays(1));
            await nights.DigestAsync();
        }

        var alive = await nights.WrittenAsync("alive");
        Assert.Equal(2, alive.Count);
        Assert.All(alive, row => Assert.Equal(("No search has ended for a week", run), (row.Subject, row.RunId)));
    }

    [Fact]
    public async Task A_sign_of_life_before_any_run_names_no_run()
    {
        await AddAsync("olaf", Role.Operator);
        await nights.DigestAsync();
        nights.Clock.Advance(TimeSpan.FromDays(8));
        await nights.DigestAsync();

        var alive = Assert.Single(await nights.WrittenAsync("alive"));
        Assert.Contains("CarTIngest. A machine says", alive.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("run 0", alive.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_ended_all_mail_is_not_reassured_either()
    {
        await AddAsync("olaf", Role.Operator, account => (account.Digest, account.AtOnce) = (DigestRhythm.Never, false));
        await AddAsync("odin", Role.Operator);
        await nights.DigestAsync();
        nights.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(1, await nights.DigestAsync());
        Assert.Equal("odin@review.example", Assert.Single(await nights.WrittenAsync()).Recipient);
    }

    [Fact]
    public async Task Wrong_passwords_do_not_keep_mail_from_anybody()
    {
        await AddAsync("lena", Role.Lead, account => account.LockoutEnd = nights.Clock.GetUtcNow().AddMinutes(15));
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();

        Assert.Equal(1, await nights.DigestAsync());
    }

    [Fact]
    public async Task Who_comes_later_is_not_told_of_what_was_before()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001"));
        await nights.NextAsync();
        await AddAsync("lena", Role.Lead);
        nights.ToNextEvening();
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000002"));
        await nights.NextAsync();

        await nights.DigestAsync();

        var message = Assert.Single(await nights.WrittenAsync());
        Assert.Contains("NCT90000002", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("NCT90000001", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_with_markup_is_text_in_the_HTML_part()
    {
        nights.Registry.Gives.Add(MailNights.Trial("NCT90000001") with { BriefTitle = "CD33 CAR-T <script>alert(1)</script><a href=\"javascript:alert(1)\" onclick=\"x\">in AML</a>" });
        await nights.NextAsync();
        await nights.DigestAsync();

        var html = Assert.Single(await nights.WrittenAsync()).Html!;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_night_of_many_studies_stays_a_mail_that_is_not_clipped()
    {
        nights.Registry.Gives.AddRange(Enumerable.Range(1, 120).Select(number => MailNights.Trial($"NCT9{number:0000000}")));
        await nights.NextAsync();
        await nights.DigestAsync();

        var message = Assert.Single(await nights.WrittenAsync());
        Assert.Contains("And 95 more", message.Text, StringComparison.Ordinal);
        Assert.InRange(message.Text.Length + message.Html!.Length, 0, 90_000);
    }

    private async Task AddAsync(string name, string role, Action<Account>? with = null)
    {
        await nights.Stores.MigrateAsync(CancellationToken.None);
        await using var open = nights.Stores.Open();
        var account = new Account { Name = name, UserName = name, NormalizedUserName = name.ToUpperInvariant(), Email = $"{name}@review.example", NormalizedEmail = $"{name}@REVIEW.EXAMPLE".ToUpperInvariant(), CreatedAt = nights.Clock.GetUtcNow(), UnsubscribeId = $"u-{name}" };
        with?.Invoke(account);
        open.Accounts.Add(account);
        await open.SaveChangesAsync();
        open.Set<IdentityUserClaim<long>>().Add(new IdentityUserClaim<long> { UserId = account.Id, ClaimType = ClaimTypes.Role, ClaimValue = role });
        await open.SaveChangesAsync();
    }
}
