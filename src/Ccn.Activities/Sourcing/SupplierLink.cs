using Ccn.Data.Sourcing;
using Ccn.Domain.Sourcing;

namespace Ccn.Activities.Sourcing;

/// <summary>Personal addresses for suppliers, who have no account.</summary>
internal static class SupplierLink
{
    /// <summary>Purpose of a link by which a supplier answers an RFQ.</summary>
    public const string Rfq = "rfq";

    /// <summary>Purpose of a link by which a supplier reports on an order.</summary>
    public const string Order = "order";

    /// <summary>How long a link to an RFQ works, from its opening.</summary>
    public static readonly TimeSpan RfqLifetime = TimeSpan.FromDays(180);

    /// <summary>How long a link to an order works, from the opening of its RFQ.</summary>
    public static readonly TimeSpan OrderLifetime = TimeSpan.FromDays(730);

    /// <summary>The address. The same input gives the same one, so a repeated call to the network says the same.</summary>
    public static string For(SignedLinkOptions options, string purpose, string subjectId, string supplierId, DateTimeOffset expiresAt) =>
        $"{options.PublicUrl.TrimEnd('/')}/v1/supplier-links/{new SignedLink(purpose, subjectId, supplierId, expiresAt).ToToken(options.KeyBytes)}";
}
