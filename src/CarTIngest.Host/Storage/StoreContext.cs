using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CarTIngest.Host.Storage;

/// <summary>The one model of the store. Its two databases differ in column types alone.</summary>
public abstract class StoreContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Payload> Payloads => Set<Payload>();

    public DbSet<StoredAnswer> Answers => Set<StoredAnswer>();

    public DbSet<HeldRecord> Records => Set<HeldRecord>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<QuarantineEntry> Quarantine => Set<QuarantineEntry>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<RunSource> RunSources => Set<RunSource>();

    public DbSet<RunArm> RunArms => Set<RunArm>();

    public DbSet<RunNamed> RunNamed => Set<RunNamed>();

    public DbSet<Watermark> Watermarks => Set<Watermark>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<UsedRulebook> Rulebooks => Set<UsedRulebook>();

    public DbSet<HeldJudgement> Judgements => Set<HeldJudgement>();

    public DbSet<StudyMember> Members => Set<StudyMember>();

    public DbSet<ArmMatch> Matches => Set<ArmMatch>();

    public DbSet<LostReport> Losses => Set<LostReport>();

    public DbSet<UsedStrategy> Strategies => Set<UsedStrategy>();

    /// <summary>Append-only; <see cref="DecisionBook"/> alone writes them.</summary>
    public DbSet<Decision> Decisions => Set<Decision>();

    public DbSet<ChainHead> ChainHeads => Set<ChainHead>();

    public DbSet<QueuedStudy> Queue => Set<QueuedStudy>();

    public DbSet<StudyOutside> Outside => Set<StudyOutside>();

    public DbSet<AskedTask> Tasks => Set<AskedTask>();

    public DbSet<HeldBase> Bases => Set<HeldBase>();

    public DbSet<HeldBaseRow> BaseRows => Set<HeldBaseRow>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<SetupCode> SetupCodes => Set<SetupCode>();

    /// <summary>Cookies are sealed with these; each is itself sealed with a key that is not in the database.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<DigestMark> DigestMarks => Set<DigestMark>();

    public DbSet<Alarm> Alarms => Set<Alarm>();

    /// <summary>The column type of a record's line.</summary>
    protected abstract string JsonType { get; }

    /// <summary>Saves, and lets go of what was saved: many rows go through one context.</summary>
    internal async Task SaveAndForgetAsync(CancellationToken cancellationToken)
    {
        await SaveChangesAsync(cancellationToken);
        ChangeTracker.Clear();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Payload>(payload =>
        {
            payload.HasKey(p => p.Hash);
            payload.Property(p => p.Hash).HasMaxLength(64);
        });
        modelBuilder.Entity<StoredAnswer>(answer =>
        {
            answer.HasIndex(a => new { a.RunId, a.Source });
            answer.Property(a => a.Refusal).HasConversion<string>();
        });
        modelBuilder.Entity<HeldRecord>(record =>
        {
            record.HasKey(r => r.Id);
            record.HasIndex(r => new { r.Source, r.Standing });
            record.Property(r => r.Body).HasColumnType(JsonType);
        });
        modelBuilder.Entity<Revision>(revision =>
        {
            revision.HasKey(r => new { r.RecordId, r.Number });
            revision.HasIndex(r => r.RunId);
            revision.Property(r => r.Body).HasColumnType(JsonType);
        });
        modelBuilder.Entity<Change>(change =>
        {
            change.HasIndex(c => c.RecordId);
            change.HasIndex(c => c.RunId);
        });
        modelBuilder.Entity<QuarantineEntry>().HasIndex(q => new { q.Open, q.Source });
        modelBuilder.Entity<Run>().HasIndex(r => r.Night);
        modelBuilder.Entity<RunSource>().HasKey(s => new { s.RunId, s.Source });
        modelBuilder.Entity<RunArm>().HasKey(a => new { a.RunId, a.Source, a.Arm });
        modelBuilder.Entity<RunNamed>().HasKey(n => new { n.RunId, n.Source, n.Kind, n.RecordId });
        modelBuilder.Entity<Lease>().HasKey(l => l.Name);
        modelBuilder.Entity<Watermark>().HasKey(w => w.Source);
        OnJudgingCreating(modelBuilder);
        OnWatchingCreating(modelBuilder);
        OnScreeningCreating(modelBuilder);
        OnPeopleCreating(modelBuilder);
        OnAlertsCreating(modelBuilder);
    }

    private void OnJudgingCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UsedRulebook>().HasIndex(r => r.Hash);
        modelBuilder.Entity<HeldJudgement>(judgement =>
        {
            // A rulebook that comes into force again judges again.
            judgement.HasIndex(j => new { j.RecordId, j.Revision, j.Rulebook, j.RunId }).IsUnique();
            judgement.HasIndex(j => j.RunId);
            judgement.Property(j => j.Verdict).HasConversion<string>();
            judgement.Property(j => j.Body).HasColumnType(JsonType);
        });
        modelBuilder.Entity<StudyMember>(member =>
        {
            member.HasIndex(m => new { m.Study, m.UntilRunId });
            member.HasIndex(m => m.RecordId);
        });
    }

    private static void OnWatchingCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ArmMatch>(match =>
        {
            match.HasIndex(m => new { m.Source, m.UntilRunId });
            match.HasIndex(m => m.RecordId);
        });
        modelBuilder.Entity<LostReport>(lost =>
        {
            lost.HasIndex(l => l.UntilNight);
            lost.Property(l => l.Lost).HasConversion<string>();
        });
        modelBuilder.Entity<UsedStrategy>().HasIndex(s => s.Source);
    }

    private static void OnScreeningCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Decision>(decision =>
        {
            decision.HasKey(d => d.Number);
            decision.Property(d => d.Number).ValueGeneratedNever();
            decision.HasIndex(d => d.Subject);
        });
        modelBuilder.Entity<ChainHead>().HasKey(h => h.Name);
        modelBuilder.Entity<QueuedStudy>(queued =>
        {
            queued.HasKey(q => q.Study);
            queued.HasIndex(q => q.By).IsUnique();
            queued.Property(q => q.Verdict).HasConversion<string>();
            queued.Property(q => q.Way).HasConversion<string>();
        });
        modelBuilder.Entity<StudyOutside>(outside =>
        {
            outside.HasKey(o => o.Study);
            outside.Property(o => o.Verdict).HasConversion<string>();
        });
        modelBuilder.Entity<AskedTask>(task =>
        {
            task.HasIndex(t => new { t.Study, t.Task, t.Because, t.By, t.Night }).IsUnique();
            task.Property(t => t.Task).HasConversion<string>();
            task.Property(t => t.Because).HasConversion<string>();
        });
        modelBuilder.Entity<HeldBase>().HasKey(b => b.Version);
        modelBuilder.Entity<HeldBaseRow>().HasKey(r => new { r.Version, r.Line });
    }

    private static void OnPeopleCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.HasIndex(a => a.NormalizedUserName).IsUnique();
            account.HasIndex(a => a.NormalizedEmail).IsUnique();
            account.HasIndex(a => a.Name).IsUnique();
            account.HasIndex(a => a.UnsubscribeId).IsUnique();
            account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            account.Property(a => a.Digest).HasConversion<string>();
        });
        modelBuilder.Entity<IdentityUserClaim<long>>(claim =>
        {
            claim.ToTable("AccountClaims");
            claim.HasIndex(c => c.UserId);
        });
        modelBuilder.Entity<IdentityUserLogin<long>>(login =>
        {
            login.ToTable("AccountLogins");
            login.HasKey(l => new { l.LoginProvider, l.ProviderKey });
            login.HasIndex(l => l.UserId);
        });
        modelBuilder.Entity<IdentityUserToken<long>>(token =>
        {
            token.ToTable("AccountTokens");
            token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        });
        modelBuilder.Entity<SetupCode>().Property(code => code.Id).ValueGeneratedNever();
    }

    private static void OnAlertsCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxMessage>(message =>
        {
            message.HasIndex(m => m.Key).IsUnique();
            message.HasIndex(m => new { m.State, m.NextAttemptAt });
            message.Property(m => m.State).HasConversion<string>();
        });
        modelBuilder.Entity<DigestMark>().HasKey(mark => mark.Recipient);
        // A condition has one alarm that lasts: of two workers that look at once, one writes it.
        modelBuilder.Entity<Alarm>().HasIndex(alarm => new { alarm.Condition, alarm.Subject }).IsUnique().HasFilter("\"Until\" IS NULL");
    }

    /// <summary>SQLite cannot order DateTimeOffset; whole milliseconds it can.</summary>
    private sealed class UtcMilliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

public sealed class SqliteStore(DbContextOptions<SqliteStore> options) : StoreContext(options)
{
    protected override string JsonType => "TEXT";
}

public sealed class PostgreSqlStore(DbContextOptions<PostgreSqlStore> options) : StoreContext(options)
{
    protected override string JsonType => "jsonb";
}
