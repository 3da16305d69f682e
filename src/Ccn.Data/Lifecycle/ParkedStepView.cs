using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Lifecycle;

/// <summary>A workflow step that waits, or waited, for an operator.</summary>
public sealed class ParkedStepView : IProjectionRow
{
    public required string WorkflowId { get; init; }
    public required string Step { get; init; }
    public string? DesignId { get; internal set; }

    /// <summary>From <see cref="Domain.FailureTypes"/>.</summary>
    public string FailureType { get; internal set; } = "";
    public string Message { get; internal set; } = "";

    /// <summary>Whether it waits now.</summary>
    public bool IsOpen { get; internal set; }

    public DateTimeOffset? RaisedAt { get; internal set; }
    public DateTimeOffset? ResolvedAt { get; internal set; }
    public string? ResolvedBy { get; internal set; }
    public string? Resolution { get; internal set; }
    public string? Reason { get; internal set; }
    internal Stamp Raised { get; set; }
    internal Stamp Resolved { get; set; }
}

internal sealed class ParkedStepViewConfiguration : IEntityTypeConfiguration<ParkedStepView>
{
    public void Configure(EntityTypeBuilder<ParkedStepView> step)
    {
        step.ToTable("parked_steps").HasKey(s => new { s.WorkflowId, s.Step });
        step.HasIndex(s => s.IsOpen);
        step.HasStamp(s => s.Raised, "raised");
        step.HasStamp(s => s.Resolved, "resolved");
    }
}
