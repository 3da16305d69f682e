namespace Ccn.Providers;

/// <summary>Stable names of the providers, as they appear in failures and metrics.</summary>
public static class ProviderNames
{
    /// <summary>DocuSign eSignature.</summary>
    public const string DocuSign = "docusign";

    /// <summary>Amazon Selling Partner API.</summary>
    public const string Amazon = "amazon";

    /// <summary>PayPal Payouts.</summary>
    public const string PayPal = "paypal";

    /// <summary>Alibaba.com Open Platform.</summary>
    public const string Alibaba = "alibaba";

    /// <summary>The manufacturing network, under our own contract.</summary>
    public const string Network = "network";

    /// <summary>Stripe payments, Connect and billing.</summary>
    public const string Stripe = "stripe";

    /// <summary>The mail server that sends our e-mail.</summary>
    public const string Mail = "mail";

    /// <summary>The push services of the browsers.</summary>
    public const string Push = "push";
}
