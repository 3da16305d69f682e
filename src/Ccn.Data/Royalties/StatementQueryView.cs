using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Royalties;

/// <summary>A creator's question about a line of a draft, and finance's answer.</summary>
public sealed class StatementQueryView : IProjectionRow
{
    public required string Id { get; init; }
    public string StatementId { get; internal set; } = "";
    public int Line { get; internal set; }
    public string Text { get; internal set; } = "";
    public DateTimeOffset? AskedAt { get; internal set; }
    public string? Answer { get; internal set; }
    public DateTimeOffset? AnsweredAt { get; internal set; }
    public string? AnsweredBy { get; internal set; }
}

internal sealed class StatementQueryViewConfiguration : IEntityTypeConfiguration<StatementQueryView>
{
    public void Configure(EntityTypeBuilder<StatementQueryView> query)
    {
        query.ToTable("statement_queries").HasKey(q => q.Id);
        query.HasIndex(q => q.StatementId);
    }
}
