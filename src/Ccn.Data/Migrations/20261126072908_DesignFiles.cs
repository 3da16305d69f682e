using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ccn.Data.Migrations
{
    /// <inheritdoc />
    public partial class DesignFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "model",
                table: "designs",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "more_files",
                table: "designs",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "more_pictures",
                table: "designs",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "model",
                table: "designs");

            migrationBuilder.DropColumn(
                name: "more_files",
                table: "designs");

            migrationBuilder.DropColumn(
                name: "more_pictures",
                table: "designs");
        }
    }
}
