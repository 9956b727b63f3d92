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

            migrationBuilder.CreateIndex(
                name: "IX_Judgements_RecordId_Revision_Rulebook",
                table: "Judgements",
                columns: new[] { "RecordId", "Revision", "Rulebook" },
                unique: true);
        }
    }
}
