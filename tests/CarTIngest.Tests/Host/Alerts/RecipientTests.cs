using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Tests.Host.Alerts;

public sealed class RecipientTests
{
    [Theory]
    [InlineData(Role.Lead, false, true, true)]
    [InlineData(Role.Operator, true, true, false)]
    [InlineData(Role.Librarian, false, false, true)]
    [InlineData(Role.Reviewer, false, false, false)]
    public void A_role_says_who_has_commands_who_is_reassured_and_who_keeps_the_searches(string role, bool commands, bool reassured, bool keeps)
    {
        var recipient = new Recipient("a@hospital.example", "Ada", 1, new HashSet<string>(StringComparer.Ordinal) { role }, DigestRhythm.Never, AtOnce: true, null, null);

        Assert.Equal((commands, reassured, keeps), (recipient.HasCommands, recipient.IsReassured, recipient.KeepsSearches));
        Assert.False((recipient with { HasEndedMail = true }).IsReassured);
    }
}
