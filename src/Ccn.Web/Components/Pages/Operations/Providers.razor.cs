using Ccn.Api.Lifecycle;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Operations;

public sealed partial class Providers
{
    [Inject] private ProviderHealthQueries Queries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<ProviderHealth> Health { get; set; } = [];

    protected override async Task OnInitializedAsync() => Health = await Queries.ReadAsync(Http.RequestAborted);

    private static string Lamp(ProviderHealth provider) => provider.Parked > 0 || provider.Undelivered > 0 ? "bad" : provider.LastSuccess is null ? "" : "good";

    private static string Verdict(ProviderHealth provider) => provider switch
    {
        { Parked: > 0 } => "Steps wait for an operator because of it",
        { Undelivered: > 0 } => "Messages have not reached their workflow",
        { LastSuccess: null } => "Not used yet",
        { LastFailure: { } failed, LastSuccess: { } worked } when failed > worked => "The last word was a refusal; nothing waits for it",
        _ => "Works",
    };
}
