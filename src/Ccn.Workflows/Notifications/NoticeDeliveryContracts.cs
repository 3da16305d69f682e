using Temporalio.Activities;

namespace Ccn.Workflows.Notifications;

/// <summary>Input of <c>NoticeDelivery</c> (<c>notices</c>): one durable loop, continued as new.</summary>
/// <param name="Run">Counts the runs of the loop, so that event ids stay unique.</param>
public sealed record NoticeDeliveryInput(int Run = 1);

public interface INoticeActivities
{
    /// <summary>
    /// Sends what is due by e-mail and web push, oldest first, at most one batch. What was sent is marked one by one, so a repeat goes on after it; a message
    /// whose mark was lost bears the same id again. What a receiver refuses for good is marked so. What nobody answered is put off, longer each time, and
    /// holds up nothing else.
    /// </summary>
    [Activity("Notices.Deliver")]
    Task<NoticesDelivered> DeliverAsync();
}

/// <param name="More">Whether another batch is due.</param>
/// <param name="NextAttemptAt">When the first of what was put off is due again; null when nothing was.</param>
public sealed record NoticesDelivered(int Sent, int Refused, bool More, DateTimeOffset? NextAttemptAt = null);
