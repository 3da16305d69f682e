using Ccn.Data.Accounts;
using Ccn.Data.Bids;
using Ccn.Data.Contests;
using Ccn.Data.Designs;
using Ccn.Data.Ledger;
using Ccn.Data.Licences;
using Ccn.Data.Lifecycle;
using Ccn.Data.Listings;
using Ccn.Data.Notifications;
using Ccn.Data.Payouts;
using Ccn.Data.Production;
using Ccn.Data.Royalties;
using Ccn.Data.Sales;
using Ccn.Data.Sourcing;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data;

/// <summary>
/// Everything CCN keeps in PostgreSQL. Types named <c>…View</c> are projections of <see cref="BusinessEvents"/>: only the
/// projector writes them and they can be rebuilt at any time. The others are facts of their own.
/// </summary>
public sealed class CcnDbContext(DbContextOptions<CcnDbContext> options) : IdentityDbContext<CcnUser, CcnRole, string>(options), IDataProtectionKeyContext
{
    // The archive
    public DbSet<BusinessEventRow> BusinessEvents => Set<BusinessEventRow>();

    // Projections
    public DbSet<TimelineEntryView> Timeline => Set<TimelineEntryView>();
    public DbSet<ParkedStepView> ParkedSteps => Set<ParkedStepView>();
    public DbSet<DesignView> Designs => Set<DesignView>();
    public DbSet<ContestView> Contests => Set<ContestView>();
    public DbSet<ContestEntryView> ContestEntries => Set<ContestEntryView>();
    public DbSet<BadgeView> Badges => Set<BadgeView>();
    public DbSet<BiddingView> Biddings => Set<BiddingView>();
    public DbSet<BidView> Bids => Set<BidView>();
    public DbSet<LicenceView> Licences => Set<LicenceView>();
    public DbSet<RfqView> Rfqs => Set<RfqView>();
    public DbSet<InvitationView> Invitations => Set<InvitationView>();
    public DbSet<QuoteView> Quotes => Set<QuoteView>();
    public DbSet<OrderView> Orders => Set<OrderView>();
    public DbSet<MilestoneView> Milestones => Set<MilestoneView>();
    public DbSet<InspectionView> Inspections => Set<InspectionView>();
    public DbSet<ListingView> Listings => Set<ListingView>();
    public DbSet<StatementView> Statements => Set<StatementView>();
    public DbSet<StatementQueryView> StatementQueries => Set<StatementQueryView>();
    public DbSet<PayoutView> Payouts => Set<PayoutView>();
    public DbSet<PayeeView> Payees => Set<PayeeView>();

    // Votes and other social rows
    public DbSet<BallotBoxRow> BallotBoxes => Set<BallotBoxRow>();
    public DbSet<Ballot> Ballots => Set<Ballot>();
    public DbSet<Comment> Comments => Set<Comment>();
    public DbSet<CommentReport> CommentReports => Set<CommentReport>();
    public DbSet<Follow> Follows => Set<Follow>();
    public DbSet<ExchangeRateRow> ExchangeRates => Set<ExchangeRateRow>();
    public DbSet<SavedSearch> SavedSearches => Set<SavedSearch>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeDelivery> NoticeDeliveries => Set<NoticeDelivery>();
    public DbSet<NoticeSettings> NoticeSettings => Set<NoticeSettings>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();

    // Accounts and directories
    public DbSet<SellerAccount> SellerAccounts => Set<SellerAccount>();
    public DbSet<SupplierProfile> Suppliers => Set<SupplierProfile>();
    public DbSet<PayoutMethod> PayoutMethods => Set<PayoutMethod>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<VaultEntry> Vault => Set<VaultEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    // Facts from Amazon and what was computed from them
    public DbSet<SaleLineRow> SaleLines => Set<SaleLineRow>();
    public DbSet<RefundLineRow> RefundLines => Set<RefundLineRow>();
    public DbSet<FeeEstimateRow> FeeEstimates => Set<FeeEstimateRow>();
    public DbSet<StatementLineRow> StatementLines => Set<StatementLineRow>();
    public DbSet<StatementDocument> StatementDocuments => Set<StatementDocument>();

    // Requests
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();
    public DbSet<InboxMessage> WebhookInbox => Set<InboxMessage>();

    // Ledger
    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();
    public DbSet<JournalEntry> JournalEntries => Set<JournalEntry>();
    public DbSet<Posting> Postings => Set<Posting>();

    /// <summary>The schema with passkeys, whatever the options of the host say: the model must not depend on who builds it.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasPostgresExtension("pg_trgm");
        builder.ApplyConfigurationsFromAssembly(typeof(CcnDbContext).Assembly);
        IdentityTables.Name(builder);
        foreach (var currency in builder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.Name == "Currency"))
        {
            currency.SetColumnType("character(3)");
        }
    }
}
