using Ccn.Api.Requests;

namespace Ccn.Web.Forms;

/// <summary>The idempotency key that a form carries in a hidden field: made once when the form is rendered, so that two clicks are one command.</summary>
internal static class FormKey
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = IdempotencyKey.FormField;

    /// <summary>Name of the framework's hidden field that says which form of the page was sent.</summary>
    public const string Handler = IdempotencyKey.FormHandler;

    public static string New() => Guid.NewGuid().ToString("N");
}
