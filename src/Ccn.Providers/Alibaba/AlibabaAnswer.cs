using Ccn.Providers.Http;

namespace Ccn.Providers.Alibaba;

/// <summary>The gateway's envelope. HTTP 200 for success and failure alike: <see cref="Code"/> decides, and "0" is success.</summary>
/// <param name="Code">"0", or what went wrong.</param>
/// <param name="Type">ISV (our mistake), ISP (the provider's) or SYSTEM (the platform's).</param>
/// <param name="Message">For people.</param>
/// <param name="RequestId">For the provider's support.</param>
public record AlibabaAnswer(string? Code = null, string? Type = null, string? Message = null, string? RequestId = null) : ICarriesFailure
{
    /// <inheritdoc/>
    ErrorDetail? ICarriesFailure.Failure => Failure;

    internal virtual ErrorDetail? Failure => Code switch
    {
        "0" => null,
        null => new(ProviderCodes.UnreadableAnswer, "The answer has no code.", ProviderFailure.Contract),
        _ => new(Code, Message, AlibabaErrors.KindOf(Code, Type)),
    };
}

/// <summary>An answer of the eco group, which has a second level of success: "200".</summary>
public sealed record AlibabaResult<T>(
    AlibabaResultBody<T>? Result = null, string? Code = null, string? Type = null, string? Message = null, string? RequestId = null)
    : AlibabaAnswer(Code, Type, Message, RequestId)
    where T : class
{
    internal override ErrorDetail? Failure => base.Failure ?? Result switch
    {
        { ResultCode: "200" } => null,
        null => new(ProviderCodes.UnreadableAnswer, "The answer has no result.", ProviderFailure.Contract),
        _ => new(Result.ResultCode, Result.ResultMsg, ProviderFailure.Rejected),
    };
}

/// <summary>The second level.</summary>
public sealed record AlibabaResultBody<T>(string ResultCode, string? ResultMsg = null, string? ResultTotal = null, T? ResultData = null)
    where T : class;
