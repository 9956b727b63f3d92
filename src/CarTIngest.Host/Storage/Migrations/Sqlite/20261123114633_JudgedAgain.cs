using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CarTIngest.Host.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class JudgedAgain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Judgements_RecordId_Revision_Rulebook",
                table: "Judgements");

            migrationBuilder.RenameColumn(
                name: "LastMessageAt",
                table: "DigestMarks",
                newName: "KnownSince");

            migrationBuilder.AddColumn<string>(
                name: "GivenTo",
                table: "Outbox",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WasUnanswered",
                table: "Outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_Judgements_RecordId_Revision_Rulebook_RunId",
                table: "Judgements",
                columns: new[] { "RecordId", "Revision", "Rulebook", "RunId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Judgements_RecordId_Revision_Rulebook_RunId",
                table: "Judgements");

            migrationBuilder.DropColumn(
                name: "GivenTo",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "WasUnanswered",
                table: "Outbox");

            migrationBuilder.RenameColumn(
                name: "KnownSince",
                table: "DigestMarks",
                newName: "LastMessageAt");

            migrationBuilder.CreateIndex(
                name: "IX_Judgements_RecordId_Revision_Rulebook",
                table: "Judgements",
                columns: new[] { "RecordId", "Revision", "Rulebook" },
                unique: true);
        }
    }
}
