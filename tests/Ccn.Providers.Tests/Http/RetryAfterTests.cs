using Ccn.Providers.Http;

namespace Ccn.Providers.Tests.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData(" 7 ", 7)]
    [InlineData("3600", 3600)]
    [InlineData("3601", 3600)]
    [InlineData("99999999999999999999999999", 3600)]
    [InlineData("Wed, 25 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Wed, 25 Nov 2026 11:59:00 GMT", 0)]
    [InlineData("Thu, 26 Nov 2026 12:00:00 GMT", 3600)]
    public void Seconds_and_dates_become_a_wait_of_an_hour_at_most(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(header, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("soon")]
    [InlineData("2026-11-25T12:00:30Z")]
    public void Absent_negative_and_unreadable_values_say_nothing(string? header) => Assert.Null(RetryAfter.Read(header, Now));

    [Fact]
    public void A_date_is_measured_by_the_providers_own_clock()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = Now;
        response.Headers.TryAddWithoutValidation("Retry-After", "Wed, 25 Nov 2026 12:00:30 GMT");
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Read(response.Headers, Now.AddDays(40)));
    }
}
