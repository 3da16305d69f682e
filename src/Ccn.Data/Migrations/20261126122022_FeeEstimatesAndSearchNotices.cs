using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ccn.Data.Migrations
{
    /// <inheritdoc />
    public partial class FeeEstimatesAndSearchNotices : Migration
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

            migrationBuilder.CreateTable(
                name: "fee_estimates",
                columns: table => new
                {
                    seller_account_id = table.Column<string>(type: "text", nullable: false),
                    marketplace = table.Column<string>(type: "text", nullable: false),
                    asin = table.Column<string>(type: "text", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    fulfilled_by_amazon = table.Column<bool>(type: "boolean", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    total_minor = table.Column<long>(type: "bigint", nullable: false),
                    fees = table.Column<string>(type: "jsonb", nullable: false),
                    estimated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fee_estimates", x => new { x.seller_account_id, x.asin, x.marketplace, x.currency, x.price_minor, x.fulfilled_by_amazon, x.asked_at });
                    table.ForeignKey(
                        name: "fk_fee_estimates_seller_accounts_seller_account_id",
                        column: x => x.seller_account_id,
                        principalTable: "seller_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_saved_searches_list_category",
                table: "saved_searches",
                columns: new[] { "list", "category" },
                filter: "tell");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fee_estimates");

            migrationBuilder.DropIndex(
                name: "ix_saved_searches_list_category",
                table: "saved_searches");

            migrationBuilder.DropColumn(
                name: "tell",
                table: "saved_searches");
        }
    }
}
