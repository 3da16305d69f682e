using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ccn.Data.Migrations
{
    /// <inheritdoc />
    public partial class SavedSearchNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Who kept a list before there were notices of it is told too, and may turn it off.
            migrationBuilder.AddColumn<bool>(
                name: "tell",
                table: "saved_searches",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateIndex(
                name: "ix_saved_searches_list_category",
                table: "saved_searches",
                columns: new[] { "list", "category" },
                filter: "tell");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_saved_searches_list_category",
                table: "saved_searches");

            migrationBuilder.DropColumn(
                name: "tell",
                table: "saved_searches");
        }
    }
}
