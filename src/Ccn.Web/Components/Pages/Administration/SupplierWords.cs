using Ccn.Domain.Sourcing;

namespace Ccn.Web.Components.Pages.Administration;

internal static class SupplierWords
{
    public static string Of(SupplierChannel channel) => channel switch
    {
        SupplierChannel.Network => "Network",
        _ => "Alibaba, handed over",
    };
}
