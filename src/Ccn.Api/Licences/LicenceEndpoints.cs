using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Workflows.Licences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Licences;

internal static class LicenceEndpoints
{
    public static void MapLicences(this IEndpointRouteBuilder app)
    {
        var licences = app.MapGroup("/v1/licences").WithTags("Licences");
        licences.MapGet("/", ListAsync).RequireAuthorization().WithName("ListLicences");
        licences.MapGet("/{licenceId}", GetAsync).RequireAuthorization().WithName("GetLicence");
        licences.MapGet("/{licenceId}/sealed-copy", SealedCopyAsync).RequireAuthorization().WithName("DownloadSealedCopy").Produces<Stream>(contentType: "application/pdf");
        licences.MapPost("/{licenceId}/signing", OpenSigningAsync).RequireAuthorization().WithName("OpenSigning").Refuses(ProblemCode.ReturnUrlForeign, ProblemCode.StateConflict, ProblemCode.ProviderRejected, ProblemCode.ProviderContract, ProblemCode.ProviderUnavailable);
        app.MapGet("/v1/registry", RegistryAsync).AllowAnonymous().WithTags("Registry").WithName("ListRegistry");
    }

    /// <summary>The reader's licences, as creator or seller.</summary>
    /// <remarks>Staff see all.</remarks>
    internal static async Task<Ok<IReadOnlyList<LicenceSummary>>> ListAsync(LicenceQueries licences, CancellationToken cancel) => TypedResults.Ok(await licences.MineAsync(cancel));

    /// <summary>A licence with its terms, text and signatures.</summary>
    /// <remarks>For its two parties and staff.</remarks>
    internal static async Task<Ok<LicenceDetail>> GetAsync(string licenceId, LicenceQueries licences, CancellationToken cancel) => TypedResults.Ok(await licences.GetAsync(licenceId, cancel));

    /// <summary>The signed licence as PDF.</summary>
    internal static async Task<FileStreamHttpResult> SealedCopyAsync(string licenceId, LicenceQueries licences, CancellationToken cancel) =>
        TypedResults.Stream(await licences.SealedCopyAsync(licenceId, cancel), "application/pdf", $"{licenceId}.pdf");

    /// <summary>Opens the e-sign provider's page for the party that asks.</summary>
    /// <remarks>The page is personal and lives some minutes: ask for it right before sending the person there. A party that has signed is refused.</remarks>
    internal static async Task<Ok<SigningPage>> OpenSigningAsync(string licenceId, SigningBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, LicenceCommands licences) =>
        TypedResults.Ok(await licences.OpenSigningAsync(licenceId, body.ReturnUrl, key));

    /// <summary>Which versions of which designs are licensed, by whom, publicly.</summary>
    /// <remarks>With the hash of the signed copy; the price stays between the parties.</remarks>
    internal static async Task<Ok<IReadOnlyList<RegistryEntry>>> RegistryAsync(LicenceQueries licences, CancellationToken cancel) => TypedResults.Ok(await licences.RegistryAsync(cancel));
}

/// <param name="ReturnUrl">Where the e-sign provider sends the person afterwards; a page of this site.</param>
public sealed record SigningBody(string ReturnUrl);
