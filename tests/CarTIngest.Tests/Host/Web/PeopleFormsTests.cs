using System.Text.RegularExpressions;
using CarTIngest.Eligibility;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web.Pages;
using CarTIngest.Screening;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Invitations, roles, locks: who may do it, and what comes of it.</summary>
public sealed partial class PeopleFormsTests : IAsyncLifetime
{
    private PagesUnderTest pages = null!;
    private Visitor chief = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        chief = await pages.VisitAsAsync("chief@hospital.example", Role.Operator);
    }

    public async Task DisposeAsync()
    {
        chief.Dispose();
        await pages.DisposeAsync();
    }

    [Fact]
    public async Task An_invitation_lets_its_person_in_once()
    {
        var link = await InviteAsync("ada@hospital.example", Role.Reviewer, Role.Librarian);
        using var ada = pages.Visit();
        (await ada.GetAsync(link)).Is(200).Says("For Name of ada@hospital.example");
        (await ada.PostAsync("invite", ("code", Code(link)), ("password", "short"), ("again", "short"))).Is(422).Says("12 are the fewest");
        (await ada.PostAsync("invite", ("code", Code(link)), ("password", PagesUnderTest.Password), ("again", "something else"))).Is(422).Says("not the same");
        (await ada.PostAsync("invite", ("code", Code(link)), ("password", PagesUnderTest.Password), ("again", PagesUnderTest.Password))).LeadsTo("/");
        (await ada.GetAsync("")).Is(200).Says("Name of ada@hospital.example");

        Assert.Equal([Role.Reviewer, Role.Librarian], (await pages.PersonAsync("ada@hospital.example")).Roles);
        using var other = pages.Visit();
        (await other.GetAsync(link)).Says("lets nobody in");
        (await other.LogInAsync("ada@hospital.example")).Is(302);
        Assert.DoesNotContain(Code(link), pages.Log.All.Split('\n').Where(line => line.Contains("CarTIngest", StringComparison.Ordinal)).Aggregate("", string.Concat), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_ends_after_seven_days_and_when_a_newer_one_is_made()
    {
        var first = await InviteAsync("ada@hospital.example", Role.Reviewer);
        var id = (await pages.PersonAsync("ada@hospital.example")).Id;
        var second = Link((await chief.PostAsync($"people/{id}/link")).Is(200));
        using var ada = pages.Visit();
        (await ada.GetAsync(first)).Says("lets nobody in");
        pages.Clock.Advance(EntryLinks.Lifetime - TimeSpan.FromMinutes(1));
        (await ada.GetAsync(second)).Says("For Name of");
        pages.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ada.GetAsync(second)).Says("lets nobody in");
        (await ada.PostAsync("invite", ("code", Code(second)), ("password", PagesUnderTest.Password), ("again", PagesUnderTest.Password))).Is(422);
    }

    [Fact]
    public async Task Two_people_do_not_share_a_name_or_an_e_mail()
    {
        await InviteAsync("ada@hospital.example", Role.Reviewer);
        (await PostInvitationAsync("ADA@hospital.example", "Somebody Else", Role.Reviewer)).Is(422).Says("There is an account with the e-mail");
        (await PostInvitationAsync("ada2@hospital.example", "NAME OF ada@hospital.example", Role.Reviewer)).Is(422).Says("There is an account with the name");
        (await PostInvitationAsync("ada2@hospital.example", "Name\u200b of ada@hospital.example", Role.Reviewer)).Is(422).Says("one line of");
        (await PostInvitationAsync("no address", "N", Role.Reviewer)).Is(422).Says("is no e-mail address");
        (await PostInvitationAsync("x@hospital.example", "X", "emperor")).Is(422).Says("There is no role 'emperor'");
        (await PostInvitationAsync("x@hospital.example", "X")).Is(422).Says("at least one role");
    }

    [Fact]
    public async Task The_last_operator_stays()
    {
        var own = (await pages.PersonAsync("chief@hospital.example")).Id;
        (await chief.PostAsync($"people/{own}/roles", ("role", Role.Reader))).Is(422).Says("is the last operator");
        (await chief.PostAsync($"people/{own}/lock")).Is(422).Says("is the last operator");

        await pages.AddAsync("second@hospital.example", Role.Operator);
        (await chief.PostAsync($"people/{own}/roles", ("role", Role.Reader))).LeadsTo($"/people/{own}?done=roles");
        (await chief.GetAsync("")).LeadsTo("/login");
    }

    [Fact]
    public async Task Of_two_operators_who_lock_each_other_one_stays()
    {
        var first = (await pages.PersonAsync("chief@hospital.example")).Id;
        var second = await pages.AddAsync("second@hospital.example", Role.Operator);
        await Task.WhenAll(new[] { first, second }.Select(async id =>
        {
            try
            {
                await pages.WithAsync<AccountBook, int>(async book =>
                {
                    await book.LockAsync(id, Actor.AtThisMachine, CancellationToken.None);
                    return 0;
                });
            }
            catch (AccountRefusedException)
            {
                // The one who comes second.
            }
        }));

        Assert.Single(await pages.WithAsync<AccountBook, IReadOnlyList<Person>>(book => book.ReadAsync(CancellationToken.None)), person => !person.Locked);
    }

    [Fact]
    public async Task A_lead_invites_and_neither_makes_nor_touches_operators()
    {
        using var lead = await pages.VisitAsAsync("lead@hospital.example", Role.Lead);
        var chiefs = (await pages.PersonAsync("chief@hospital.example")).Id;
        await lead.GetAsync("people");
        (await lead.PostAsync("people", ("name", "X"), ("email", "x@hospital.example"), ("role", Role.Operator))).Is(422).Says("Only an operator makes operators");
        (await lead.PostAsync("people", ("name", "X"), ("email", "x@hospital.example"), ("role", Role.Reviewer))).Is(200);
        foreach (var change in new[] { "link", "lock", "unlock", "roles" })
        {
            (await lead.PostAsync($"people/{chiefs}/{change}", ("role", Role.Reader))).Is(422).Says("only an operator changes that account");
        }

        var own = (await pages.PersonAsync("lead@hospital.example")).Id;
        (await lead.PostAsync($"people/{own}/roles", ("role", Role.Lead), ("role", Role.Operator))).Is(422);
    }

    [Fact]
    public async Task A_reviewer_changes_nobody()
    {
        using var reviewer = await pages.VisitAsAsync("ada@hospital.example", Role.Reviewer, Role.Librarian, Role.Reader);
        await reviewer.GetAsync("account");
        foreach (var path in GenuineFormsTests.PostsOf(pages).Where(path => path.StartsWith("/people", StringComparison.Ordinal)))
        {
            (await reviewer.PostAsync(path.TrimStart('/'), ("role", Role.Operator))).Is(403);
        }
    }

    [Fact]
    public async Task A_lock_voids_the_link_that_was_handed_over()
    {
        var link = await InviteAsync("ada@hospital.example", Role.Reviewer);
        var id = (await pages.PersonAsync("ada@hospital.example")).Id;
        (await chief.PostAsync($"people/{id}/lock")).Is(302);
        using var ada = pages.Visit();
        (await ada.GetAsync(link)).Says("lets nobody in");
        (await chief.PostAsync($"people/{id}/link")).Is(422).Says("Unlock the account first");
    }

    [Fact]
    public async Task Each_change_of_an_account_is_told()
    {
        var id = await pages.AddAsync("ada@hospital.example", Role.Reviewer);
        await chief.GetAsync($"people/{id}");
        foreach (var (change, says) in new[] { ("roles", "The roles are given."), ("lock", "The account is locked."), ("unlock", "The account is open.") })
        {
            (await chief.PostAsync($"people/{id}/{change}", ("role", Role.Reader))).LeadsTo($"/people/{id}?done={change}");
            (await chief.GetAsync($"people/{id}?done={change}")).Is(200).Says(says);
        }
    }

    [Fact]
    public async Task A_lock_out_by_wrong_passwords_is_told_with_its_end_while_it_lasts()
    {
        var id = await pages.AddAsync("ada@hospital.example", Role.Reviewer);
        Assert.DoesNotContain("lock-out", (await chief.GetAsync($"people/{id}")).Text, StringComparison.Ordinal);
        using var ada = pages.Visit();
        for (var tries = 0; tries < Passwords.Tries; tries++)
        {
            (await ada.LogInAsync("ada@hospital.example", "wrong horse battery")).Is(401);
        }

        (await chief.GetAsync($"people/{id}")).Says("until 16 May 2026, 09:15 UTC").Says("End the lock-out");
        (await chief.PostAsync($"people/{id}/unlock")).LeadsTo($"/people/{id}?done=unlock");
        Assert.DoesNotContain("lock-out", (await chief.GetAsync($"people/{id}")).Text, StringComparison.Ordinal);
        (await ada.LogInAsync("ada@hospital.example")).Is(302);
    }

    [Fact]
    public async Task The_page_of_ones_own_names_the_rhythm_of_ones_own_roles()
    {
        foreach (var (role, rhythm, alive) in new[] { (Role.Lead, "nightly", true), (Role.Reviewer, "weekly", false), (Role.Reader, "weekly", false) })
        {
            using var visitor = await pages.VisitAsAsync($"{role}@hospital.example", role);
            var shown = (await visitor.GetAsync("account")).Is(200).Says($"as my roles have it: {rhythm}<").Says("type=\"checkbox\" name=\"atonce\"");
            Assert.Equal(alive, shown.Text.Contains("never, but for a sign of life", StringComparison.Ordinal));
            (await visitor.PostAsync("account/mail", ("digest", "role"), ("atonce", "yes"))).Is(302);
            (await visitor.GetAsync("account?done=mail")).Says("Your choice of mail is kept.").Says("name=\"atonce\" value=\"yes\"");
        }
    }

    [Fact]
    public async Task Who_keeps_the_service_alone_ends_the_sign_of_life_and_begins_it_again()
    {
        async Task<MailChoice> KeptAsync() => await pages.WithAsync<MailChoices, MailChoice>(async mail => await mail.ReadAsync((await pages.PersonAsync("chief@hospital.example")).Id, CancellationToken.None));
        var shown = (await chief.GetAsync("account")).Is(200).Says("Sign of life");
        Assert.DoesNotContain("as my roles have it", shown.Text, StringComparison.Ordinal);

        (await chief.PostAsync("account/mail", ("digest", OwnAccount.Nothing), ("atonce", "yes"))).Is(302);
        Assert.Equal(MailChoice.None, await KeptAsync());
        (await chief.GetAsync("account")).Says($"value=\"{OwnAccount.Nothing}\" checked");

        (await chief.PostAsync("account/mail", ("digest", "role"), ("atonce", "yes"))).Is(302);
        Assert.Equal(new MailChoice(null, AtOnce: true), await KeptAsync());
        (await chief.GetAsync("account")).Says("value=\"role\" checked");
    }

    [Fact]
    public async Task Own_password_and_mail_are_changed_by_oneself()
    {
        using var ada = await pages.VisitAsAsync("ada@hospital.example", Role.Reviewer);
        (await ada.PostAsync("account/password", ("present", "wrong horse battery"), ("password", "another horse battery"), ("again", "another horse battery"))).Is(422).Says("The current password is wrong");
        (await ada.PostAsync("account/password", ("present", PagesUnderTest.Password), ("password", "another horse battery"), ("again", "another horse battery"))).LeadsTo("/account?done=password");
        (await ada.GetAsync("account?done=password")).Is(200).Says("The new password holds");
        (await ada.PostAsync("account/mail", ("digest", "Nightly"))).LeadsTo("/account?done=mail");
        Assert.Equal(new MailChoice(DigestRhythm.Nightly, AtOnce: false), await pages.WithAsync<MailChoices, MailChoice>(async mail => await mail.ReadAsync((await pages.PersonAsync("ada@hospital.example")).Id, CancellationToken.None)));
        (await ada.PostAsync("account/mail", ("digest", "role"), ("atonce", "yes"))).Is(302);
        Assert.Equal(new MailChoice(null, AtOnce: true), await pages.WithAsync<MailChoices, MailChoice>(async mail => await mail.ReadAsync((await pages.PersonAsync("ada@hospital.example")).Id, CancellationToken.None)));
        (await ada.PostAsync("account/ties", ("trial", "nct:NCT99000001"))).Is(422).Says("neither in the queue");
    }

    [Fact]
    public async Task A_tie_is_declared_under_ones_own_name()
    {
        await using (var store = pages.Store.Stores.Open())
        {
            store.Queue.Add(new QueuedStudy { Study = "nct:NCT99000001", By = "nct:NCT99000001", Verdict = Verdict.Likely, Way = QueueWay.Verdict, Night = new DateOnly(2026, 5, 15) });
            await store.SaveChangesAsync();
        }

        using var ada = await pages.VisitAsAsync("ada@hospital.example", Role.Reviewer);
        (await ada.PostAsync("account/ties", ("trial", "NCT99000001"), ("because", "its investigator"), ("as", "Somebody Else"))).LeadsTo("/account?done=tie");

        (await ada.GetAsync("account")).Says("Declared: NCT99000001.");
        await using var kept = pages.Store.Stores.Open();
        var state = await DecisionBook.StateAsync(kept, ProtocolFile.Plain, CancellationToken.None);
        Assert.True(state.HasTie("Name of ada@hospital.example", "nct:NCT99000001"));
        Assert.Empty(state.TiesOf("Somebody Else"));
    }

    [Fact]
    public async Task Names_are_text()
    {
        (await PostInvitationAsync("ada@hospital.example", "<script>alert('x')</script>", Role.Reviewer)).Is(200);
        Assert.DoesNotContain("<script", (await chief.GetAsync("people")).Says("<script>alert('x')</script>").Text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> InviteAsync(string email, params string[] roles) => Link((await PostInvitationAsync(email, $"Name of {email}", roles)).Is(200));

    private async Task<Shown> PostInvitationAsync(string email, string name, params string[] roles)
    {
        await chief.GetAsync("people");
        return await chief.PostAsync("people", [("name", name), ("email", email), .. roles.Select(role => ("role", role))]);
    }

    private static string Link(Shown shown) => Invitation().Match(shown.Text) is { Success: true } found ? found.Value : throw new InvalidOperationException(shown.Text);

    private static string Code(string link) => link.Split('=')[1];

    [GeneratedRegex("invite\\?code=[A-Za-z0-9_-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Invitation();
}
