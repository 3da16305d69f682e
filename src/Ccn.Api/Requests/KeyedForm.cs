using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;

namespace Ccn.Api.Requests;

/// <summary>A page's form that carries a key.</summary>
/// <param name="Key">Of the form on its page: forms that were rendered together do not meet.</param>
/// <param name="Hash">SHA-256 of address and fields, without what differs between two sendings of the same form.</param>
internal sealed record KeyedForm(string Key, byte[] Hash)
{
    private const string Antiforgery = "__RequestVerificationToken";
    private const int MaxHandler = 100, MaxKey = 64;

    /// <summary>Null when the request is no form or the form has no key: it is dealt with each time.</summary>
    public static async Task<KeyedForm?> ReadAsync(HttpContext http)
    {
        // The page of a refusal is rendered in the request of the form that was refused.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || !HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType) { return null; }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (key, handler) = (form[IdempotencyKey.FormField].ToString(), form[IdempotencyKey.FormHandler].ToString());
        return key.Length is > 0 and <= MaxKey && handler.Length is > 0 and <= MaxHandler ? new($"FORM {handler} {key}", HashOf(http.Request, form)) : null;
    }

    private static byte[] HashOf(HttpRequest request, IFormCollection form)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}\n"));
        foreach (var (name, values) in form.Where(field => field.Key != Antiforgery).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Append($"{values.Count}")) { hash.AppendData(Encoding.UTF8.GetBytes($"{name.Length}:{name}={value?.Length}:{value}\n")); }
        }

        foreach (var file in form.Files) { hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}={file.Length}:{file.FileName}\n")); }

        return hash.GetHashAndReset();
    }
}
