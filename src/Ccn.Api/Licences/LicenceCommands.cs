using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data.Sourcing;
using Ccn.Workflows.Licences;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace Ccn.Api.Licences;

public sealed class LicenceCommands(ITemporalClient temporal, LicenceQueries licences, CurrentUser user, IOptions<SignedLinkOptions> links)
{
    /// <summary>A short-lived page of the e-sign provider for the party that asks. A party that has signed is refused.</summary>
    public async Task<SigningPage> OpenSigningAsync(string licenceId, string? returnUrl, string? key)
    {
        // An open redirect would let anybody borrow our name.
        if (returnUrl?.StartsWith(links.Value.PublicUrl + "/", StringComparison.Ordinal) is not true) { throw new ProblemException(ProblemCode.ReturnUrlForeign, "returnUrl is a page of this site."); }

        await licences.GetAsync(licenceId, CancellationToken.None);
        return await temporal.GetWorkflowHandle<LicensingWorkflow>(LicensingWorkflow.IdFor(licenceId)).ExecuteUpdateAsync(wf => wf.OpenSigningAsync(new(user.Id, returnUrl)), new(IdempotencyKey.For(key, user.Id)));
    }
}
