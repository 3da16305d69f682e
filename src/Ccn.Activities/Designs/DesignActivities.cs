using System.Globalization;
using Ccn.Activities.Designs.Media;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Files;
using Ccn.Domain.Events;
using Ccn.Workflows.Designs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Designs;

/// <inheritdoc cref="IDesignActivities"/>
internal sealed partial class DesignActivities(ImagePipeline pipeline, CcnDbContext db, ILogger<DesignActivities> logger) : IDesignActivities
{
    /// <summary>Bits of 64 in which a copy may differ: scaled and recompressed copies differ in few, other pictures in about 32.</summary>
    private const int NearCopyBits = 6;

    public async Task<MediaResult> ProcessMediaAsync(ProcessMediaInput input)
    {
        await using var heartbeat = Heartbeat.Start();
        try
        {
            var image = await pipeline.ProcessAsync(input.File.FileKey, ActivityFailures.Cancel);
            LogProcessed(input.DesignId, image.Width, image.Height, image.Variants.Count);
            return new(new(image.Width, image.Height, [.. image.Variants.Select(v => new MediaVariant(v.Width, v.Height, v.ObjectKey, v.Bytes))],
                HashText(image.PerceptualHash), image.DominantColor), null, null);
        }
        catch (FileRefusedException e)   // a file that is not what it says is an answer, not a failure
        {
            LogRefused(input.DesignId, e.Code);
            return new(null, e.Code, e.Message);
        }
        catch (FileNotFoundException e) { throw ActivityFailures.Conflict($"The original of {input.DesignId} is not in the file store: {e.Message}"); }
    }

    public async Task<ScreeningResult> ScreenAsync(ScreenDesignInput input)
    {
        if (BannedWords.FindIn(string.Join(" | ", input.Tags.Prepend(input.Description).Prepend(input.Title))) is { } word) { return Hold(input.DesignId, $"The text contains \"{word}\"."); }
        foreach (var hash in (input.MoreHashes ?? []).Prepend(input.PerceptualHash))
        {
            if (await NearCopyAsync(input, hash) is { } other) { return Hold(input.DesignId, $"The picture is nearly the same as that of {other}, by another creator."); }
        }

        return new(false, null);
    }

    /// <summary>A perceptual hash in records and rows: 16 hexadecimal digits.</summary>
    internal static string HashText(long hash) => unchecked((ulong)hash).ToString("x16", CultureInfo.InvariantCulture);

    private ScreeningResult Hold(string designId, string reason)
    {
        LogHeld(designId, reason);
        return new(true, reason);
    }

    private async Task<string?> NearCopyAsync(ScreenDesignInput input, string? perceptualHash)
    {
        // Hash zero: a picture without features is like every other one of its kind, and like none.
        if (perceptualHash is not { Length: 16 } hash || hash.All(digit => digit == '0')) { return null; }

        var found = await db.Database.SqlQuery<string>($"""
            select id as "Value" from designs
            where creator_id <> {input.CreatorId} and id <> {input.DesignId} and length(perceptual_hash) = 16 and perceptual_hash <> '0000000000000000'
              and bit_count(('x' || perceptual_hash)::bit(64) # ('x' || {hash})::bit(64)) <= {NearCopyBits}
            order by submitted_at, id
            """).ToListAsync(ActivityFailures.Cancel);
        return found.Count == 0 ? null : found[0];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Media of {DesignId}: {Width} x {Height}, {Variants} variants.")]
    private partial void LogProcessed(string designId, int width, int height, int variants);

    [LoggerMessage(Level = LogLevel.Information, Message = "Media of {DesignId} refused: {Code}.")]
    private partial void LogRefused(string designId, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "{DesignId} waits for a moderator: {Reason}")]
    private partial void LogHeld(string designId, string reason);
}
