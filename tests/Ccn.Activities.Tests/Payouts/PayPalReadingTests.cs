using Ccn.Activities.Payouts;
using Ccn.Providers.PayPal;
using Ccn.Workflows.Payouts;

namespace Ccn.Activities.Tests.Payouts;

public class PayPalReadingTests
{
    [Theory]
    [InlineData("RETURNED", PayoutState.Returned, "It was not claimed within 30 days, or was declined (RETURNED)")]
    [InlineData("UNCLAIMED", PayoutState.Unclaimed, "The address has no PayPal account yet (UNCLAIMED)")]
    [InlineData("FAILED", PayoutState.Failed, "PayPal could not deliver it (FAILED)")]
    [InlineData("ONHOLD", PayoutState.Pending, "ONHOLD")]
    public void What_happened_is_said_in_words_with_PayPals_code(string status, PayoutState state, string reason)
    {
        var reading = PayPalReading.Of(Item(status, null));
        Assert.Equal((state, reason), (reading.State, reading.Reason));
    }

    [Theory]
    [InlineData("Receiver is unregistered.", "Receiver is unregistered (RECEIVER_UNREGISTERED)")]
    [InlineData(null, "RECEIVER_UNREGISTERED")]
    public void PayPals_own_words_go_before_ours(string? message, string reason) =>
        Assert.Equal(reason, PayPalReading.Of(Item("FAILED", new PayPalError("RECEIVER_UNREGISTERED", message))).Reason);

    [Fact]
    public void A_flood_of_words_is_cut() =>
        Assert.Equal(new string('x', 200) + "… (INTERNAL)", PayPalReading.Of(Item("FAILED", new PayPalError("INTERNAL", new string('x', 5_000)))).Reason);

    [Fact]
    public void Money_that_arrived_needs_no_reason() => Assert.Null(PayPalReading.Of(Item("SUCCESS", null)).Reason);

    private static PayoutItem Item(string status, PayPalError? errors) => new("item", "batch", new(new("USD", "10.00"), "mara@pay.example"), status, Errors: errors);
}
