using Ccn.Api.Accounts;
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
        licences.MapGet("/{licenceId}/sealed-copy", SealedCopyAsync).RequireAuthorization().WithName("DownloadSealedCopy");
        licences.MapPost("/{licenceId}/signing", OpenSigningAsync).RequireAuthorization().WithName("OpenSigning");
        app.MapGet("/v1/registry", RegistryAsync).AllowAnonymous().WithTags("Registry").WithName("ListRegistry");
    }

    private static async Task<Ok<IReadOnlyList<LicenceSummary>>> ListAsync(LicenceQueries licences, CancellationToken cancel) => TypedResults.Ok(await licences.MineAsync(cancel));

    private static async Task<Ok<LicenceDetail>> GetAsync(string licenceId, LicenceQueries licences, CancellationToken cancel) => TypedResults.Ok(await licences.GetAsync(licenceId, cancel));

    private static async Task<FileStreamHttpResult> SealedCopyAsync(string licenceId, LicenceQueries licences, CancellationToken cancel) =>
        TypedResults.Stream(await licences.SealedCopyAsync(licenceId, cancel), "application/pdf", $"{licenceId}.pdf");

    private static async Task<Ok<SigningPage>> OpenSigningAsync(string licenceId, SigningBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, LicenceCommands licences) =>
        TypedResults.Ok(await licences.OpenSigningAsync(licenceId, body.ReturnUrl, key));

    private static async Task<Ok<IReadOnlyList<RegistryEntry>>> RegistryAsync(LicenceQueries licences, CancellationToken cancel) => TypedResults.Ok(await licences.RegistryAsync(cancel));
}

/// <param name="ReturnUrl">Where the e-sign provider sends the person afterwards; a page of this site.</param>
public sealed record SigningBody(string ReturnUrl);
