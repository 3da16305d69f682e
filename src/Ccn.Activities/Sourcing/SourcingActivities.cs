using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain.Sourcing;
using Ccn.Providers;
using Ccn.Providers.Alibaba;
using Ccn.Providers.Network;
using Ccn.Workflows.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ccn.Activities.Sourcing;

/// <inheritdoc cref="ISourcingActivities"/>
internal sealed partial class SourcingActivities(
    INetworkApi network, AlibabaRfqHandOff handOff, CcnDbContext db, IOptions<SignedLinkOptions> links, TimeProvider time, ILogger<SourcingActivities> logger) : ISourcingActivities
{
    public Task<IReadOnlyList<Invitation>> InviteAsync(InviteInput input) => ActivityFailures.TranslatedAsync<IReadOnlyList<Invitation>>(async cancel =>
    {
        var openedAt = await OpenedAtAsync(input.RfqId, cancel);
        var profiles = await db.Suppliers.AsNoTracking().Where(s => input.SupplierIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, StringComparer.Ordinal, cancel);
        var known = await db.Invitations.AsNoTracking().Where(i => i.RfqId == input.RfqId && i.InvitedAt != null).ToDictionaryAsync(i => i.SupplierId, StringComparer.Ordinal, cancel);
        var invitations = new List<Invitation>();
        foreach (var supplierId in input.SupplierIds.Distinct(StringComparer.Ordinal))
        {
            var profile = profiles.GetValueOrDefault(supplierId) ?? throw ActivityFailures.Invalid($"There is no supplier {supplierId}.");
            invitations.Add(known.GetValueOrDefault(supplierId) is { Supplier: { } supplier, ReplyBy: { } replyBy } earlier
                ? new(supplier, replyBy, earlier.HandOffLink)
                : await InviteOneAsync(input, profile, openedAt, cancel));
        }

        return invitations;
    });

    public Task RemindAsync(SupplierNoticeInput input) => ActivityFailures.TranslatedAsync(cancel => NotifyAsync(input, cancel));

    public Task TellOutcomeAsync(SupplierNoticeInput input) => ActivityFailures.TranslatedAsync(cancel => NotifyAsync(input, cancel));

    public async Task<IReadOnlyList<string>> FindFallbackAsync(FindFallbackInput input)
    {
        var cancel = ActivityFailures.Cancel;
        var design = await db.Designs.AsNoTracking().Where(d => d.Id == input.DesignId).Select(d => new { d.Category, d.Tags }).SingleOrDefaultAsync(cancel);
        var wanted = new HashSet<string>(design is null ? [] : [design.Category, .. design.Tags], StringComparer.OrdinalIgnoreCase);
        var candidates = await db.Suppliers.AsNoTracking()
            .Where(s => s.Active && s.Vetted && s.Channel == SupplierChannel.Network && !input.ExceptSupplierIds.Contains(s.Id)).ToListAsync(cancel);
        return [.. candidates.Where(s => s.Categories.Any(wanted.Contains))
            .OrderByDescending(s => s.Rating ?? 0).ThenByDescending(s => s.RatingCount).ThenBy(s => s.LeadTimeDays).ThenBy(s => s.Id, StringComparer.Ordinal)
            .Take(input.Count).Select(s => s.Id)];
    }

    private async Task<Invitation> InviteOneAsync(InviteInput input, SupplierProfile profile, DateTimeOffset openedAt, CancellationToken cancel)
    {
        // The deadline first: a supplier with an unknown calendar must not be asked and then never be waited for.
        var replyBy = CalendarActivities.BusinessDeadline(time.GetUtcNow(), input.ReplyHours, profile.Calendar, profile.Zone);
        var reply = SupplierLink.ToRfq(input.RfqId, profile.Id, openedAt);
        string? handOffLink = null;
        if (profile.Channel is SupplierChannel.Network)
        {
            await ProviderCall.Network.RequireAsync(network.SendRfqAsync(
                new(input.RfqId, profile.ProviderReference ?? profile.Id, new(input.Specification), input.Quantity, links.Value.DoorFor(reply)), cancel));
        }
        else
        {
            // The link stands before the text, which is cut when it is long.
            var title = await db.Designs.AsNoTracking().Where(d => d.Id == input.DesignId).Select(d => d.Title).SingleOrDefaultAsync(cancel);
            handOffLink = handOff.LinkFor(input.RfqId, profile.ProviderReference, title ?? input.RfqId, $"Please answer at {links.Value.PageFor(reply)}\n\n{input.Specification}", input.Quantity).AbsoluteUri;
        }

        LogInvited(input.RfqId, profile.Id, profile.Channel, replyBy);
        return new(profile.ToSupplier(), replyBy, handOffLink);
    }

    /// <summary>Only the network has a door for messages. A supplier behind a hand-off is told by the seller, who sees the change on the RFQ.</summary>
    private async Task NotifyAsync(SupplierNoticeInput input, CancellationToken cancel)
    {
        var profile = await db.Suppliers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == input.SupplierId, cancel) ?? throw ActivityFailures.Invalid($"There is no supplier {input.SupplierId}.");
        if (profile.Channel is SupplierChannel.Network)
        {
            await ProviderCall.Network.RequireAsync(network.SendRfqNoticeAsync(
                input.RfqId, new(input.IdempotencyKey, profile.ProviderReference ?? profile.Id, input.Kind), cancel));
        }

        LogNotified(input.RfqId, input.SupplierId, input.Kind, profile.Channel);
    }

    private async Task<DateTimeOffset> OpenedAtAsync(string rfqId, CancellationToken cancel) =>
        await db.Rfqs.AsNoTracking().Where(r => r.Id == rfqId).Select(r => r.OpenedAt).SingleOrDefaultAsync(cancel) ?? throw ActivityFailures.Conflict($"The opening of {rfqId} is not on record.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{RfqId}: {SupplierId} invited by {Channel}, reply by {ReplyBy}.")]
    private partial void LogInvited(string rfqId, string supplierId, SupplierChannel channel, DateTimeOffset replyBy);

    [LoggerMessage(Level = LogLevel.Information, Message = "{RfqId}: {SupplierId} is told {Kind} ({Channel}).")]
    private partial void LogNotified(string rfqId, string supplierId, string kind, SupplierChannel channel);
}
