using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>What mail a person wants.</summary>
public sealed class MailChoices(StoreContext store, TimeProvider clock)
{
    public async Task<MailChoice> ReadAsync(long account, CancellationToken cancellationToken) =>
        await store.Accounts.Where(row => row.Id == account).Select(row => new MailChoice(row.Digest, row.AtOnce)).SingleAsync(cancellationToken);

    public Task ChooseAsync(long account, MailChoice choice, CancellationToken cancellationToken) =>
        store.Accounts.Where(row => row.Id == account)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Digest, choice.Digest).SetProperty(one => one.AtOnce, choice.AtOnce), cancellationToken);

    /// <summary>Ends all mail to who has this id in the foot of a mail, what waits in the outbox too; but for alarms of the service, which are an operator's duty. An unknown id is no fault: nobody learns which there are.</summary>
    public async Task EndAsync(string unsubscribeId, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var id = await store.Accounts.Where(row => row.UnsubscribeId == unsubscribeId).Select(row => (long?)row.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is { } account)
        {
            await ChooseAsync(account, MailChoice.None, cancellationToken);
            var waiting = store.Outbox.Where(message => message.AccountId == account && message.State == OutboxState.Pending && message.Kind != OutboxKind.Operator);
            await OutboxWishes.WithdrawAsync(waiting, OutboxMoves.Unwanted, clock.GetUtcNow(), cancellationToken);
        }

        await turn.CommitAsync(cancellationToken);
    }
}

/// <param name="Digest">Null: as the role has it, nightly for a lead and weekly for reviewers.</param>
public sealed record MailChoice(DigestRhythm? Digest, bool AtOnce)
{
    /// <summary>All mail about the review has ended, as the link in the foot of a mail ends it.</summary>
    public static MailChoice None { get; } = new(DigestRhythm.Never, AtOnce: false);
}
