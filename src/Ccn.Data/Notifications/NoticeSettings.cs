using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Notifications;

/// <summary>Which notices leave the site by a channel.</summary>
public enum NoticeLevel
{
    None = 0,

    /// <summary>What decides something or asks for something: see <see cref="Notice.IsImportant"/>.</summary>
    Important = 1,

    All = 2,
}

/// <summary>How a person wants to hear of things outside the site. Who never chose gets what is important.</summary>
public sealed class NoticeSettings
{
    public required string UserId { get; init; }

    public NoticeLevel Email { get; set; } = NoticeLevel.Important;

    /// <summary>To the browsers that the person has subscribed.</summary>
    public NoticeLevel Push { get; set; } = NoticeLevel.Important;

    /// <summary>Whether a notice of this importance goes out at this level.</summary>
    public static bool Includes(NoticeLevel level, bool important) => level is NoticeLevel.All || (level is NoticeLevel.Important && important);
}

internal sealed class NoticeSettingsConfiguration : IEntityTypeConfiguration<NoticeSettings>
{
    public void Configure(EntityTypeBuilder<NoticeSettings> settings)
    {
        settings.ToTable("notice_settings").HasKey(s => s.UserId);
        settings.Property(s => s.Email).HasConversion<string>();
        settings.Property(s => s.Push).HasConversion<string>();
    }
}
