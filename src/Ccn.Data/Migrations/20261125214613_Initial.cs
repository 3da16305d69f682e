using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Ccn.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "ledger");

            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "ledger",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    per_owner = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "badges",
                columns: table => new
                {
                    creator_id = table.Column<string>(type: "text", nullable: false),
                    contest_id = table.Column<string>(type: "text", nullable: false),
                    badge = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: true),
                    awarded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_badges", x => new { x.creator_id, x.contest_id, x.badge });
                });

            migrationBuilder.CreateTable(
                name: "ballot_boxes",
                columns: table => new
                {
                    contest_id = table.Column<string>(type: "text", nullable: false),
                    opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ballot_boxes", x => x.contest_id);
                });

            migrationBuilder.CreateTable(
                name: "ballots",
                columns: table => new
                {
                    contest_id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    member_id = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<short>(type: "smallint", nullable: false),
                    cast_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    voided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    void_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ballots", x => new { x.contest_id, x.design_id, x.member_id });
                    table.CheckConstraint("ck_ballots_score", "score between 1 and 5");
                    table.CheckConstraint("ck_ballots_void_reason", "(voided_at is null) = (void_reason is null)");
                });

            migrationBuilder.CreateTable(
                name: "biddings",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decide_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    floor_basis_points = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    revealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_bid_id = table.Column<string>(type: "text", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    automatic = table.Column<bool>(type: "boolean", nullable: false),
                    lapsed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lapse_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_biddings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bids",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    bidding_id = table.Column<string>(type: "text", nullable: true),
                    seller_id = table.Column<string>(type: "text", nullable: false),
                    receipt = table.Column<string>(type: "text", nullable: true),
                    lodged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    terms = table.Column<string>(type: "jsonb", nullable: true),
                    rank = table.Column<int>(type: "integer", nullable: true),
                    revealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    standby_offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    standby_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    standby_answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    standby_accepted = table.Column<bool>(type: "boolean", nullable: true),
                    standby_timed_out = table.Column<bool>(type: "boolean", nullable: true),
                    answer_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer_stamp = table.Column<long>(type: "bigint", nullable: false),
                    lodged_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lodged_stamp = table.Column<long>(type: "bigint", nullable: false),
                    offer_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    offer_stamp = table.Column<long>(type: "bigint", nullable: false),
                    withdrawn_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bids", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "business_events",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    actor_id = table.Column<string>(type: "text", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_business_events", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "contest_entries",
                columns: table => new
                {
                    contest_id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    creator_id = table.Column<string>(type: "text", nullable: false),
                    design_version_hash = table.Column<string>(type: "text", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    rank = table.Column<int>(type: "integer", nullable: true),
                    score = table.Column<double>(type: "double precision", nullable: true),
                    ballots = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contest_entries", x => new { x.contest_id, x.design_id });
                });

            migrationBuilder.CreateTable(
                name: "contests",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    brief = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: true),
                    opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    submissions_close_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    voting_opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    voting_closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decides_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    phase = table.Column<string>(type: "text", nullable: false),
                    tally_hash = table.Column<string>(type: "text", nullable: true),
                    ballots = table.Column<int>(type: "integer", nullable: true),
                    tallied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    winner_design_id = table.Column<string>(type: "text", nullable: true),
                    decision_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decision_stamp = table.Column<long>(type: "bigint", nullable: false),
                    phase_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    phase_stamp = table.Column<long>(type: "bigint", nullable: false),
                    tally_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tally_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "designs",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    creator_id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    file_key = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    terms_version = table.Column<string>(type: "text", nullable: false),
                    template_id = table.Column<string>(type: "text", nullable: false),
                    template_number = table.Column<int>(type: "integer", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    variants = table.Column<string>(type: "jsonb", nullable: false),
                    perceptual_hash = table.Column<string>(type: "text", nullable: true),
                    dominant_color = table.Column<string>(type: "text", nullable: true),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    stage_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    turn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    waits_for = table.Column<string>(type: "text", nullable: true),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    then = table.Column<string>(type: "text", nullable: true),
                    related_id = table.Column<string>(type: "text", nullable: true),
                    hidden_reason = table.Column<string>(type: "text", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    spotlight_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    spotlight_contest_id = table.Column<string>(type: "text", nullable: true),
                    search = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                        .Annotation("Npgsql:TsVectorConfig", "english")
                        .Annotation("Npgsql:TsVectorProperties", new[] { "title", "description", "category" }),
                    media_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    media_stamp = table.Column<long>(type: "bigint", nullable: false),
                    stage_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stage_stamp = table.Column<long>(type: "bigint", nullable: false),
                    visibility_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    visibility_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_designs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status_code = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    order_id = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    plan = table.Column<string>(type: "jsonb", nullable: false),
                    passed = table.Column<bool>(type: "boolean", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspections", x => new { x.order_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    rfq_id = table.Column<string>(type: "text", nullable: false),
                    supplier_id = table.Column<string>(type: "text", nullable: false),
                    supplier = table.Column<string>(type: "jsonb", nullable: true),
                    invited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reply_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hand_off_link = table.Column<string>(type: "text", nullable: true),
                    fallback = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    state_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.rfq_id, x.supplier_id });
                });

            migrationBuilder.CreateTable(
                name: "journal_entries",
                schema: "ledger",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    effective_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    posting_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "licences",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    bid_id = table.Column<string>(type: "text", nullable: true),
                    creator_id = table.Column<string>(type: "text", nullable: false),
                    seller_id = table.Column<string>(type: "text", nullable: false),
                    terms = table.Column<string>(type: "jsonb", nullable: true),
                    terms_hash = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    envelope_id = table.Column<string>(type: "text", nullable: true),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reminders_sent = table.Column<int>(type: "integer", nullable: false),
                    signatures = table.Column<string>(type: "jsonb", nullable: false),
                    effective_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sealed_copy_key = table.Column<string>(type: "text", nullable: true),
                    sealed_copy_sha256 = table.Column<string>(type: "text", nullable: true),
                    not_signed_outcome = table.Column<string>(type: "text", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    draft_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    draft_stamp = table.Column<long>(type: "bigint", nullable: false),
                    sent_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licences", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listings",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    licence_id = table.Column<string>(type: "text", nullable: false),
                    seller_id = table.Column<string>(type: "text", nullable: false),
                    seller_account_id = table.Column<string>(type: "text", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    marketplace = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    price_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    submission_id = table.Column<string>(type: "text", nullable: true),
                    asin = table.Column<string>(type: "text", nullable: true),
                    issues = table.Column<string>(type: "jsonb", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    buyable_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    content_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content_stamp = table.Column<long>(type: "bigint", nullable: false),
                    price_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    price_stamp = table.Column<long>(type: "bigint", nullable: false),
                    state_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state_stamp = table.Column<long>(type: "bigint", nullable: false),
                    stock_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stock_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "order_milestones",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<string>(type: "text", nullable: false),
                    milestone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_milestones", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    rfq_id = table.Column<string>(type: "text", nullable: false),
                    quote_id = table.Column<string>(type: "text", nullable: false),
                    supplier = table.Column<string>(type: "jsonb", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    unit_price_minor = table.Column<long>(type: "bigint", nullable: false),
                    total_minor = table.Column<long>(type: "bigint", nullable: false),
                    deposit_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    provider_reference = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    placed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deposit_paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    balance_paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    received = table.Column<int>(type: "integer", nullable: true),
                    damaged = table.Column<int>(type: "integer", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    canceled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "parked_steps",
                columns: table => new
                {
                    workflow_id = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: true),
                    failure_type = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<string>(type: "text", nullable: true),
                    resolution = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    raised_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    raised_stamp = table.Column<long>(type: "bigint", nullable: false),
                    resolved_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parked_steps", x => new { x.workflow_id, x.step });
                });

            migrationBuilder.CreateTable(
                name: "payees",
                columns: table => new
                {
                    payee_id = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: true),
                    hold_reason = table.Column<string>(type: "text", nullable: true),
                    held_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    held_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    hold_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hold_stamp = table.Column<long>(type: "bigint", nullable: false),
                    method_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    method_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payees", x => x.payee_id);
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    payee_id = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    payload_hash = table.Column<string>(type: "text", nullable: false),
                    statement_ids = table.Column<string[]>(type: "text[]", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    provider_reference = table.Column<string>(type: "text", nullable: true),
                    provider_fee_minor = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    prepared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    returned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approved_stamp = table.Column<long>(type: "bigint", nullable: false),
                    prepared_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    prepared_stamp = table.Column<long>(type: "bigint", nullable: false),
                    sent_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_stamp = table.Column<long>(type: "bigint", nullable: false),
                    state_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quotes",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    rfq_id = table.Column<string>(type: "text", nullable: false),
                    supplier_id = table.Column<string>(type: "text", nullable: false),
                    quote = table.Column<string>(type: "jsonb", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    stale_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_quantity = table.Column<int>(type: "integer", nullable: true),
                    approved_unit_price_minor = table.Column<long>(type: "bigint", nullable: true),
                    approved_total_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "character(3)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quotes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rfqs",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    licence_id = table.Column<string>(type: "text", nullable: false),
                    seller_id = table.Column<string>(type: "text", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    specification = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    approved_quote_id = table.Column<string>(type: "text", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    close_reason = table.Column<string>(type: "text", nullable: true),
                    delay_message = table.Column<string>(type: "text", nullable: true),
                    creator_told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rfqs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "statement_documents",
                columns: table => new
                {
                    statement_id = table.Column<string>(type: "text", nullable: false),
                    licence_id = table.Column<string>(type: "text", nullable: false),
                    period = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    previous_sha256 = table.Column<string>(type: "text", nullable: true),
                    finalized_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_documents", x => x.statement_id);
                    table.CheckConstraint("ck_statement_documents_sha256", "sha256 = encode(sha256(content), 'hex')");
                });

            migrationBuilder.CreateTable(
                name: "statement_queries",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    statement_id = table.Column<string>(type: "text", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_queries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "statements",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    licence_id = table.Column<string>(type: "text", nullable: false),
                    period = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    query_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    gross_minor = table.Column<long>(type: "bigint", nullable: false),
                    fee_minor = table.Column<long>(type: "bigint", nullable: false),
                    net_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: true),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finalized_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    collected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    collection_reference = table.Column<string>(type: "text", nullable: true),
                    collection_failure = table.Column<string>(type: "text", nullable: true),
                    collection_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    collection_stamp = table.Column<long>(type: "bigint", nullable: false),
                    draft_stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    draft_stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "suppliers",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    calendar = table.Column<string>(type: "text", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    provider_reference = table.Column<string>(type: "text", nullable: true),
                    categories = table.Column<string[]>(type: "text[]", nullable: false),
                    certifications = table.Column<string[]>(type: "text[]", nullable: false),
                    rating = table.Column<decimal>(type: "numeric(3,2)", precision: 3, scale: 2, nullable: true),
                    rating_count = table.Column<int>(type: "integer", nullable: false),
                    minimum_order_quantity = table.Column<int>(type: "integer", nullable: false),
                    lead_time_days = table.Column<int>(type: "integer", nullable: false),
                    price_from_minor = table.Column<long>(type: "bigint", nullable: true),
                    price_to_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "character(3)", nullable: true),
                    vetted = table.Column<bool>(type: "boolean", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppliers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "timeline_entries",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    actor_id = table.Column<string>(type: "text", nullable: true),
                    is_public = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_timeline_entries", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    display_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    handle = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    bio = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                    table.CheckConstraint("ck_users_handle_lower", "handle = lower(handle) and handle <> ''");
                });

            migrationBuilder.CreateTable(
                name: "vault",
                columns: table => new
                {
                    reference = table.Column<string>(type: "text", nullable: false),
                    ciphertext = table.Column<byte[]>(type: "bytea", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vault", x => x.reference);
                });

            migrationBuilder.CreateTable(
                name: "webhook_inbox",
                columns: table => new
                {
                    provider = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    body_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    workflow_id = table.Column<string>(type: "text", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_inbox", x => new { x.provider, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "postings",
                schema: "ledger",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    account = table.Column<int>(type: "integer", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: true),
                    direction = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_postings", x => new { x.entry_id, x.line });
                    table.CheckConstraint("ck_postings_amount_positive", "amount_minor > 0");
                    table.CheckConstraint("ck_postings_direction", "direction in ('Debit', 'Credit')");
                    table.ForeignKey(
                        name: "fk_postings_accounts_account",
                        column: x => x.account,
                        principalSchema: "ledger",
                        principalTable: "accounts",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_postings_journal_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "ledger",
                        principalTable: "journal_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    role_id = table.Column<string>(type: "text", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_role_claims_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    design_id = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    posted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hidden_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hidden_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comments", x => x.id);
                    table.ForeignKey(
                        name: "fk_comments_asp_net_users_author_id",
                        column: x => x.author_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "follows",
                columns: table => new
                {
                    follower_id = table.Column<string>(type: "text", nullable: false),
                    creator_id = table.Column<string>(type: "text", nullable: false),
                    followed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follows", x => new { x.follower_id, x.creator_id });
                    table.CheckConstraint("ck_follows_not_oneself", "follower_id <> creator_id");
                    table.ForeignKey(
                        name: "fk_follows_asp_net_users_creator_id",
                        column: x => x.creator_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_follows_asp_net_users_follower_id",
                        column: x => x.follower_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "payout_methods",
                columns: table => new
                {
                    payee_id = table.Column<string>(type: "text", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    destination = table.Column<string>(type: "text", nullable: false),
                    display = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: true),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    blocked_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_methods", x => x.payee_id);
                    table.ForeignKey(
                        name: "fk_payout_methods_asp_net_users_payee_id",
                        column: x => x.payee_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seller_accounts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    seller_id = table.Column<string>(type: "text", nullable: false),
                    amazon_seller_id = table.Column<string>(type: "text", nullable: true),
                    refresh_token_reference = table.Column<string>(type: "text", nullable: true),
                    marketplace = table.Column<string>(type: "text", nullable: false),
                    stripe_customer_id = table.Column<string>(type: "text", nullable: true),
                    stripe_payment_method_id = table.Column<string>(type: "text", nullable: true),
                    verified = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    connected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seller_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_seller_accounts_asp_net_users_seller_id",
                        column: x => x.seller_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "uploads",
                columns: table => new
                {
                    file_key = table.Column<string>(type: "text", nullable: false),
                    uploader_id = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uploads", x => new { x.uploader_id, x.file_key });
                    table.ForeignKey(
                        name: "fk_uploads_asp_net_users_uploader_id",
                        column: x => x.uploader_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<string>(type: "text", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claims_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_logins_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_user_passkeys_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_roles",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false),
                    role_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_user_roles_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_user_roles_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_tokens",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sale_lines",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    seller_account_id = table.Column<string>(type: "text", nullable: false),
                    marketplace = table.Column<string>(type: "text", nullable: false),
                    marketplace_order_id = table.Column<string>(type: "text", nullable: false),
                    order_item_id = table.Column<string>(type: "text", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    asin = table.Column<string>(type: "text", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    item_price_minor = table.Column<long>(type: "bigint", nullable: true),
                    promotions_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    ordered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    shipped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sources_seen = table.Column<string[]>(type: "text[]", nullable: false),
                    listing_id = table.Column<string>(type: "text", nullable: true),
                    licence_id = table.Column<string>(type: "text", nullable: true),
                    @break = table.Column<string>(name: "break", type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sale_lines", x => x.id);
                    table.CheckConstraint("ck_sale_lines_matched_or_break", "(licence_id is not null and listing_id is not null) or break is not null");
                    table.CheckConstraint("ck_sale_lines_promotions", "promotions_minor <= 0");
                    table.CheckConstraint("ck_sale_lines_quantity", "quantity >= 0");
                    table.ForeignKey(
                        name: "fk_sale_lines_seller_accounts_seller_account_id",
                        column: x => x.seller_account_id,
                        principalTable: "seller_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "refund_lines",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    provider_event_id = table.Column<string>(type: "text", nullable: false),
                    sale_line_id = table.Column<string>(type: "text", nullable: true),
                    marketplace_order_id = table.Column<string>(type: "text", nullable: false),
                    order_item_id = table.Column<string>(type: "text", nullable: false),
                    units = table.Column<int>(type: "integer", nullable: false),
                    item_refund_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    refunded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @break = table.Column<string>(name: "break", type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refund_lines", x => x.id);
                    table.CheckConstraint("ck_refund_lines_amount", "units >= 0 and item_refund_minor >= 0");
                    table.CheckConstraint("ck_refund_lines_line_or_break", "sale_line_id is not null or break is not null");
                    table.ForeignKey(
                        name: "fk_refund_lines_sale_lines_sale_line_id",
                        column: x => x.sale_line_id,
                        principalTable: "sale_lines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "statement_lines",
                columns: table => new
                {
                    statement_id = table.Column<string>(type: "text", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    units = table.Column<int>(type: "integer", nullable: false),
                    unit_price_minor = table.Column<long>(type: "bigint", nullable: true),
                    base_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", nullable: false),
                    formula = table.Column<string>(type: "text", nullable: false),
                    order_id = table.Column<string>(type: "text", nullable: true),
                    sale_line_id = table.Column<string>(type: "text", nullable: true),
                    refund_line_id = table.Column<string>(type: "text", nullable: true),
                    terms_version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_lines", x => new { x.statement_id, x.line });
                    table.ForeignKey(
                        name: "fk_statement_lines_refund_lines_refund_line_id",
                        column: x => x.refund_line_id,
                        principalTable: "refund_lines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_statement_lines_sale_lines_sale_line_id",
                        column: x => x.sale_line_id,
                        principalTable: "sale_lines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                schema: "ledger",
                table: "accounts",
                columns: new[] { "number", "kind", "name", "per_owner" },
                values: new object[,]
                {
                    { 1000, "Asset", "Cash: Stripe", false },
                    { 1001, "Asset", "Cash: PayPal", false },
                    { 1150, "Asset", "Receivable: sellers", true },
                    { 1200, "Asset", "Clawback receivable", true },
                    { 2100, "Liability", "Royalties accrued", true },
                    { 2110, "Liability", "Royalties payable", true },
                    { 2120, "Liability", "Returns reserve", true },
                    { 2140, "Liability", "Payouts in transit", true },
                    { 2200, "Liability", "Withholding payable", false },
                    { 2300, "Liability", "Customer deposits", true },
                    { 2400, "Liability", "VAT and sales tax", false },
                    { 4100, "Revenue", "Commission", false },
                    { 5100, "Expense", "Royalty losses", false },
                    { 5200, "Expense", "Provider fees", false },
                    { 5900, "Expense", "Exchange gains and losses", false },
                    { 5990, "Expense", "Rounding", false }
                });

            migrationBuilder.InsertData(
                table: "roles",
                columns: new[] { "id", "concurrency_stamp", "name", "normalized_name" },
                values: new object[,]
                {
                    { "admin", "admin", "admin", "ADMIN" },
                    { "creator", "creator", "creator", "CREATOR" },
                    { "finance", "finance", "finance", "FINANCE" },
                    { "manufacturer", "manufacturer", "manufacturer", "MANUFACTURER" },
                    { "member", "member", "member", "MEMBER" },
                    { "moderator", "moderator", "moderator", "MODERATOR" },
                    { "ops", "ops", "ops", "OPS" },
                    { "seller", "seller", "seller", "SELLER" },
                    { "sponsor", "sponsor", "sponsor", "SPONSOR" }
                });

            migrationBuilder.CreateIndex(
                name: "ix_ballots_member_id_contest_id",
                table: "ballots",
                columns: new[] { "member_id", "contest_id" });

            migrationBuilder.CreateIndex(
                name: "ix_biddings_design_id",
                table: "biddings",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_biddings_state_closes_at",
                table: "biddings",
                columns: new[] { "state", "closes_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bids_design_id",
                table: "bids",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_bids_seller_id_lodged_at",
                table: "bids",
                columns: new[] { "seller_id", "lodged_at" });

            migrationBuilder.CreateIndex(
                name: "ix_business_events_design_id_sequence",
                table: "business_events",
                columns: new[] { "design_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_business_events_event_id",
                table: "business_events",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_comments_author_id",
                table: "comments",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_comments_design_id_posted_at",
                table: "comments",
                columns: new[] { "design_id", "posted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_contest_entries_contest_id_rank",
                table: "contest_entries",
                columns: new[] { "contest_id", "rank" });

            migrationBuilder.CreateIndex(
                name: "ix_contest_entries_design_id",
                table: "contest_entries",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_contests_voting_closes_at",
                table: "contests",
                column: "voting_closes_at");

            migrationBuilder.CreateIndex(
                name: "ix_designs_category_published_at",
                table: "designs",
                columns: new[] { "category", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_designs_creator_id",
                table: "designs",
                column: "creator_id");

            migrationBuilder.CreateIndex(
                name: "ix_designs_published_at",
                table: "designs",
                column: "published_at");

            migrationBuilder.CreateIndex(
                name: "ix_designs_search",
                table: "designs",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_designs_spotlight_at",
                table: "designs",
                column: "spotlight_at");

            migrationBuilder.CreateIndex(
                name: "ix_designs_stage_published_at",
                table: "designs",
                columns: new[] { "stage", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_designs_tags",
                table: "designs",
                column: "tags")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_follows_creator_id",
                table: "follows",
                column: "creator_id");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_supplier_id",
                table: "invitations",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_journal_entries_effective_at",
                schema: "ledger",
                table: "journal_entries",
                column: "effective_at");

            migrationBuilder.CreateIndex(
                name: "ix_journal_entries_idempotency_key",
                schema: "ledger",
                table: "journal_entries",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_licences_creator_id",
                table: "licences",
                column: "creator_id");

            migrationBuilder.CreateIndex(
                name: "ix_licences_design_id",
                table: "licences",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_licences_envelope_id",
                table: "licences",
                column: "envelope_id");

            migrationBuilder.CreateIndex(
                name: "ix_licences_seller_id",
                table: "licences",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_listings_design_id",
                table: "listings",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_listings_licence_id",
                table: "listings",
                column: "licence_id");

            migrationBuilder.CreateIndex(
                name: "ix_listings_seller_account_id_marketplace_sku",
                table: "listings",
                columns: new[] { "seller_account_id", "marketplace", "sku" });

            migrationBuilder.CreateIndex(
                name: "ix_listings_seller_id",
                table: "listings",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_milestones_order_id_at",
                table: "order_milestones",
                columns: new[] { "order_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_design_id",
                table: "orders",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_rfq_id",
                table: "orders",
                column: "rfq_id");

            migrationBuilder.CreateIndex(
                name: "ix_parked_steps_is_open",
                table: "parked_steps",
                column: "is_open");

            migrationBuilder.CreateIndex(
                name: "ix_payouts_payee_id_prepared_at",
                table: "payouts",
                columns: new[] { "payee_id", "prepared_at" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_provider_reference",
                table: "payouts",
                column: "provider_reference");

            migrationBuilder.CreateIndex(
                name: "ix_payouts_state",
                table: "payouts",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_postings_account_owner_currency",
                schema: "ledger",
                table: "postings",
                columns: new[] { "account", "owner", "currency" });

            migrationBuilder.CreateIndex(
                name: "ix_quotes_rfq_id",
                table: "quotes",
                column: "rfq_id");

            migrationBuilder.CreateIndex(
                name: "ix_refund_lines_marketplace_order_id_order_item_id",
                table: "refund_lines",
                columns: new[] { "marketplace_order_id", "order_item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_refund_lines_provider_event_id",
                table: "refund_lines",
                column: "provider_event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_refund_lines_refunded_at",
                table: "refund_lines",
                column: "refunded_at");

            migrationBuilder.CreateIndex(
                name: "ix_refund_lines_sale_line_id",
                table: "refund_lines",
                column: "sale_line_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfqs_design_id",
                table: "rfqs",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfqs_licence_id",
                table: "rfqs",
                column: "licence_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfqs_seller_id",
                table: "rfqs",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_role_claims_role_id",
                table: "role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "roles",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sale_lines_licence_id_shipped_at",
                table: "sale_lines",
                columns: new[] { "licence_id", "shipped_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sale_lines_marketplace_order_id_order_item_id",
                table: "sale_lines",
                columns: new[] { "marketplace_order_id", "order_item_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sale_lines_recorded_at",
                table: "sale_lines",
                column: "recorded_at",
                filter: "break is not null");

            migrationBuilder.CreateIndex(
                name: "ix_sale_lines_seller_account_id_ordered_at",
                table: "sale_lines",
                columns: new[] { "seller_account_id", "ordered_at" });

            migrationBuilder.CreateIndex(
                name: "ix_seller_accounts_amazon_seller_id_marketplace",
                table: "seller_accounts",
                columns: new[] { "amazon_seller_id", "marketplace" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_seller_accounts_seller_id",
                table: "seller_accounts",
                column: "seller_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_documents_licence_id_period",
                table: "statement_documents",
                columns: new[] { "licence_id", "period" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_documents_licence_id_previous_sha256",
                table: "statement_documents",
                columns: new[] { "licence_id", "previous_sha256" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_statement_lines_refund_line_id",
                table: "statement_lines",
                column: "refund_line_id");

            migrationBuilder.CreateIndex(
                name: "ix_statement_lines_sale_line_id",
                table: "statement_lines",
                column: "sale_line_id");

            migrationBuilder.CreateIndex(
                name: "ix_statement_queries_statement_id",
                table: "statement_queries",
                column: "statement_id");

            migrationBuilder.CreateIndex(
                name: "ix_statements_design_id",
                table: "statements",
                column: "design_id");

            migrationBuilder.CreateIndex(
                name: "ix_statements_licence_id_period",
                table: "statements",
                columns: new[] { "licence_id", "period" });

            migrationBuilder.CreateIndex(
                name: "ix_suppliers_categories",
                table: "suppliers",
                column: "categories")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_timeline_entries_design_id_occurred_at_sequence",
                table: "timeline_entries",
                columns: new[] { "design_id", "occurred_at", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_user_claims_user_id",
                table: "user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_logins_user_id",
                table: "user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_passkeys_user_id",
                table: "user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_roles_role_id",
                table: "user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_users_handle",
                table: "users",
                column: "handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_received_at",
                table: "webhook_inbox",
                column: "received_at",
                filter: "delivered_at is null");

            migrationBuilder.Sql(DatabaseRules.LedgerBalance);
            migrationBuilder.Sql(DatabaseRules.AppendOnlyTriggers);
            migrationBuilder.Sql(DatabaseRules.ApplicationRole);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "badges");

            migrationBuilder.DropTable(
                name: "ballot_boxes");

            migrationBuilder.DropTable(
                name: "ballots");

            migrationBuilder.DropTable(
                name: "biddings");

            migrationBuilder.DropTable(
                name: "bids");

            migrationBuilder.DropTable(
                name: "business_events");

            migrationBuilder.DropTable(
                name: "comments");

            migrationBuilder.DropTable(
                name: "contest_entries");

            migrationBuilder.DropTable(
                name: "contests");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "designs");

            migrationBuilder.DropTable(
                name: "follows");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "licences");

            migrationBuilder.DropTable(
                name: "listings");

            migrationBuilder.DropTable(
                name: "order_milestones");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "parked_steps");

            migrationBuilder.DropTable(
                name: "payees");

            migrationBuilder.DropTable(
                name: "payout_methods");

            migrationBuilder.DropTable(
                name: "payouts");

            migrationBuilder.DropTable(
                name: "postings",
                schema: "ledger");

            migrationBuilder.DropTable(
                name: "quotes");

            migrationBuilder.DropTable(
                name: "rfqs");

            migrationBuilder.DropTable(
                name: "role_claims");

            migrationBuilder.DropTable(
                name: "statement_documents");

            migrationBuilder.DropTable(
                name: "statement_lines");

            migrationBuilder.DropTable(
                name: "statement_queries");

            migrationBuilder.DropTable(
                name: "statements");

            migrationBuilder.DropTable(
                name: "suppliers");

            migrationBuilder.DropTable(
                name: "timeline_entries");

            migrationBuilder.DropTable(
                name: "uploads");

            migrationBuilder.DropTable(
                name: "user_claims");

            migrationBuilder.DropTable(
                name: "user_logins");

            migrationBuilder.DropTable(
                name: "user_passkeys");

            migrationBuilder.DropTable(
                name: "user_roles");

            migrationBuilder.DropTable(
                name: "user_tokens");

            migrationBuilder.DropTable(
                name: "vault");

            migrationBuilder.DropTable(
                name: "webhook_inbox");

            migrationBuilder.DropTable(
                name: "accounts",
                schema: "ledger");

            migrationBuilder.DropTable(
                name: "journal_entries",
                schema: "ledger");

            migrationBuilder.DropTable(
                name: "refund_lines");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropTable(
                name: "sale_lines");

            migrationBuilder.DropTable(
                name: "seller_accounts");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.Sql("drop function ledger.assert_balanced(); drop function ccn_refuse_final_line(); drop function ccn_refuse_change();");
        }
    }
}
