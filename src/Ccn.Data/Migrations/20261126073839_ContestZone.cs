using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ccn.Data.Migrations
{
    /// <inheritdoc />
    public partial class ContestZone : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "zone",
                table: "contests",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "UTC");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "zone",
                table: "contests");
        }
    }
}
