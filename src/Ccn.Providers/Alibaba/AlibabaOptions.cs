using System.ComponentModel.DataAnnotations;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Alibaba;

/// <summary>Access to the Alibaba.com Open Platform as a buyer app, section <c>Providers:Alibaba</c>.</summary>
public sealed class AlibabaOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:Alibaba";

    /// <summary>Host of the gateway without <c>/rest</c>, such as <c>https://openapi-api.alibaba.com</c>, or our sandbox.</summary>
    [Required, BaseAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>Key of the app.</summary>
    [Required]
    public string AppKey { get; set; } = "";

    /// <summary>Secret of the app; signs every request.</summary>
    [Required]
    public string AppSecret { get; set; } = "";

    /// <summary>Refresh token of the buyer account's consent, good for 60 days.</summary>
    [Required]
    public string RefreshToken { get; set; } = "";

    /// <summary>Page where a buyer posts a request for quotation by hand. There is no public call for it.</summary>
    [Required, BaseAddress]
    public Uri RfqPage { get; set; } = new("https://rfq.alibaba.com/post.htm");

    internal Uri Gateway => new(BaseAddressAttribute.WithSlash(BaseAddress!), "rest/");
}

[OptionsValidator]
internal sealed partial class AlibabaOptionsValidator : IValidateOptions<AlibabaOptions>;
