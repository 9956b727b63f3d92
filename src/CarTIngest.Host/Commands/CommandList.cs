using System.CommandLine;

namespace CarTIngest.Host.Commands;

/// <summary>Every verb, in the order of the help. Without a verb the service starts.</summary>
internal static class CommandList
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Keeps a systematic review alive: asks PubMed and ClinicalTrials.gov every night, and loses nothing silently.");
        root.Options.Add(CommonOptions.Set);
        root.Options.Add(CommonOptions.Json);
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(RehearseCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ParseCommand.Create());
        root.Subcommands.Add(JudgeCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(SearchCommand.Create());
        root.Subcommands.Add(QueueCommand.Create(QueueDecideCommand.Create(), QueueUndoCommand.Create(), QueueAdjudicateCommand.Create(), QueueClassCommand.Create(), QueueFullTextCommand.Create(), QueueTieCommand.Create(), QueueSettleCommand.Create(), QueueSetAsideCommand.Create(), QueueScreenUnlikelyCommand.Create()));
        root.Subcommands.Add(LinksCommand.Create(LinksConfirmCommand.Create(), LinksApartCommand.Create()));
        root.Subcommands.Add(BaseCommand.Create());
        root.Subcommands.Add(CatchUpCommand.Create());
        root.Subcommands.Add(PeopleCommand.Create(PeopleInviteCommand.Create(), PeopleLockCommand.Create(), PeopleUnlockCommand.Create()));
        root.Subcommands.Add(StatusCommand.Create());
        root.Subcommands.Add(DigestCommand.Create());
        root.Subcommands.Add(OutboxCommand.Create(OutboxResendCommand.Create(), OutboxWithdrawCommand.Create()));
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(MigrateCommand.Create());
        root.Subcommands.Add(BackupCommand.Create());
        root.Subcommands.Add(RestoreCommand.Create());
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }
}
