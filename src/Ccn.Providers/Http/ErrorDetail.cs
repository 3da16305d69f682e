namespace Ccn.Providers.Http;

/// <summary>What a provider's error body says. <see cref="Kind"/> is set only where the body overrules the HTTP status.</summary>
internal sealed record ErrorDetail(string Code, string? Message, ProviderFailure? Kind = null);

/// <summary>An answer that can report a failure although its HTTP status is 200, as Alibaba's do.</summary>
internal interface ICarriesFailure
{
    ErrorDetail? Failure { get; }
}
