using System.Globalization;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class Rates
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ExchangeRates Entries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private RateForm Model { get; set; } = null!;

    private IReadOnlyList<ExchangeRate> Entered { get; set; } = [];
    private string Today => Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected override async Task LoadAsync()
    {
        Model ??= new() { Date = Today };
        Entered = await Entries.ListAsync(Http.RequestAborted);
    }

    // What cannot be read as a rate or a day is refused as one that cannot be.
    private async Task SetAsync()
    {
        var rate = decimal.TryParse(Model.Rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) ? read : 0m;
        var date = DateOnly.TryParseExact(Model.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MaxValue;
        if (await Attempt.DoAsync(() => Entries.SetAsync(Model.Currency?.Trim().ToUpperInvariant() ?? "", date, rate, Model.Source, Http.RequestAborted))) { Navigation.NavigateTo("/finance/rates?done=1"); }
    }

    internal sealed class RateForm
    {
        public string? Currency { get; set; }
        public string? Rate { get; set; }
        public string? Date { get; set; }
        public string? Source { get; set; }
    }
}
