using Ccn.Api.Designs;
using Microsoft.AspNetCore.Http.Metadata;

namespace Ccn.Web.Components.Pages.Mine;

/// <summary>Lets a page's form carry originals: two of the longest, or more that are as long together. What is longer is refused before it is read.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UploadLimitAttribute : Attribute, IRequestSizeLimitMetadata
{
    private const long FormFields = 64_000;

    public long? MaxRequestBodySize => (2 * DesignCommands.MaxUploadBytes) + FormFields;
}
