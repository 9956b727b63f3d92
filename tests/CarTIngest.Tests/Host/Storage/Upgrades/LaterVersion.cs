using System.Reflection;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;

namespace CarTIngest.Tests.Host.Storage.Upgrades;

/// <summary>A version of the schema that comes after all there are, so that an upgrade with data in the store is always among those that are tried.</summary>
[Migration(Id)]
public sealed class LaterVersion : Migration
{
    public const string Id = "29990101000000_Later";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Remark", "Records", nullable: true);
        migrationBuilder.Sql("""UPDATE "Records" SET "Remark" = "Id" || ' was there before'""");
        migrationBuilder.CreateTable("Remarks", table => new { Id = table.Column<string>(), Text = table.Column<string>() }, constraints: table => table.PrimaryKey("PK_Remarks", row => row.Id));
        migrationBuilder.Sql("""INSERT INTO "Remarks" SELECT "Id", "Remark" FROM "Records" """);
        migrationBuilder.CreateIndex("IX_Records_Remark", "Records", "Remark");
        migrationBuilder.DropIndex("IX_Runs_Night", "Runs");
    }
}

#pragma warning disable EF1001 // There is no other way to give a context one migration more.

/// <summary>The product's migrations and <see cref="LaterVersion"/>.</summary>
internal sealed class WithLaterVersion(ICurrentDbContext context, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> log)
    : MigrationsAssembly(context, options, ids, log)
{
    public override IReadOnlyDictionary<string, TypeInfo> Migrations => new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary(), StringComparer.Ordinal) { [LaterVersion.Id] = typeof(LaterVersion).GetTypeInfo() };
}
