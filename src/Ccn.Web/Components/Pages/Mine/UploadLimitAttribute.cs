using Ccn.Api.Designs;
using Microsoft.AspNetCore.Http.Metadata;

namespace Ccn.Web.Components.Pages.Mine;

/// <summary>Lets a page's form carry one original. What is longer is refused before it is read.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UploadLimitAttribute : Attribute, IRequestSizeLimitMetadata
{
    private const long FormFields = 64_000;

    public long? MaxRequestBodySize => DesignCommands.MaxUploadBytes + FormFields;
}
