using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Ccn.Data.Designs;

/// <summary>A design as its page and the lists show it: the submission, the media, and where its life cycle stands.</summary>
public sealed class DesignView : IProjectionRow
{
    public required string Id { get; init; }
    public string CreatorId { get; internal set; } = "";
    public string Title { get; internal set; } = "";
    public string Description { get; internal set; } = "";
    public string Category { get; internal set; } = "";
    public string[] Tags { get; internal set; } = [];
    public string FileKey { get; internal set; } = "";
    public string FileName { get; internal set; } = "";
    public string ContentType { get; internal set; } = "";
    public long Bytes { get; internal set; }

    /// <summary>SHA-256 (hex) of the original.</summary>
    public string Sha256 { get; internal set; } = "";

    public string TermsVersion { get; internal set; } = "";
    public string TemplateId { get; internal set; } = "";
    public int TemplateNumber { get; internal set; }

    /// <summary>Null until the submission itself is on record: such a row is not shown.</summary>
    public DateTimeOffset? SubmittedAt { get; internal set; }

    /// <summary>Null while visitors may not see it.</summary>
    public DateTimeOffset? PublishedAt { get; internal set; }

    /// <summary>Pixels of the original, turned upright.</summary>
    public int? Width { get; internal set; }
    public int? Height { get; internal set; }

    /// <summary>Smaller copies, as the media activity wrote them.</summary>
    public IReadOnlyList<MediaVariant> Variants { get; internal set; } = [];
    public string? PerceptualHash { get; internal set; }
    public string? DominantColor { get; internal set; }

    /// <summary>Originals beside the first picture, as submitted.</summary>
    public IReadOnlyList<SubmittedFile> MoreFiles { get; internal set; } = [];

    /// <summary>The pictures of <see cref="MoreFiles"/> as they are shown, in the same order; empty until they are processed.</summary>
    public IReadOnlyList<DesignPicture> MorePictures { get; internal set; } = [];

    /// <summary>A 3D model; null when there is none.</summary>
    public SubmittedFile? Model { get; internal set; }

    public DesignStage Stage { get; internal set; }

    /// <summary>Since when it is in <see cref="Stage"/> with this wait.</summary>
    public DateTimeOffset? StageSince { get; internal set; }

    /// <summary>Whose turn it is.</summary>
    public Party Turn { get; internal set; }

    /// <summary>What it waits for, in plain words; null when it works or has ended.</summary>
    public string? WaitsFor { get; internal set; }

    /// <summary>When the wait ends by itself.</summary>
    public DateTimeOffset? Until { get; internal set; }

    /// <summary>What happens by itself at <see cref="Until"/>.</summary>
    public string? Then { get; internal set; }

    /// <summary>The contest, licence, order or listing that the stage is about.</summary>
    public string? RelatedId { get; internal set; }

    /// <summary>Why it is held, refused or withdrawn.</summary>
    public string? HiddenReason { get; internal set; }

    /// <summary>When and why the life cycle ended.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }
    public string? EndReason { get; internal set; }

    /// <summary>When it won a contest and was put before the sellers.</summary>
    public DateTimeOffset? SpotlightAt { get; internal set; }
    public string? SpotlightContestId { get; internal set; }

    /// <summary>Words of title, description and category for full-text search, made by the database.</summary>
    public NpgsqlTsVector Search { get; private set; } = null!;

    internal Stamp StageStamp { get; set; }
    internal Stamp MediaStamp { get; set; }
    internal Stamp VisibilityStamp { get; set; }
}

internal sealed class DesignViewConfiguration : IEntityTypeConfiguration<DesignView>
{
    public void Configure(EntityTypeBuilder<DesignView> design)
    {
        design.ToTable("designs").HasKey(d => d.Id);
        design.Property(d => d.Variants).IsJson();
        design.Property(d => d.MoreFiles).IsJson().HasDefaultValueSql("'[]'");
        design.Property(d => d.MorePictures).IsJson().HasDefaultValueSql("'[]'");
        design.Property(d => d.Model).IsJson();
        design.HasGeneratedTsVectorColumn(d => d.Search, "english", d => new { d.Title, d.Description, d.Category }).HasIndex(d => d.Search).HasMethod("gin");
        design.HasIndex(d => d.Title).HasMethod("gin").HasOperators("gin_trgm_ops");   // finds what is misspelt, or not typed to its end
        design.HasIndex(d => d.Tags).HasMethod("gin");
        design.HasIndex(d => d.CreatorId);
        design.HasIndex(d => new { d.Stage, d.PublishedAt });
        design.HasIndex(d => new { d.Category, d.PublishedAt });
        design.HasIndex(d => d.PublishedAt);
        design.HasIndex(d => d.StageSince);
        design.HasIndex(d => d.SubmittedAt);
        design.HasIndex(d => d.SpotlightAt);
        design.HasStamp(d => d.StageStamp, "stage");
        design.HasStamp(d => d.MediaStamp, "media");
        design.HasStamp(d => d.VisibilityStamp, "visibility");
    }
}
