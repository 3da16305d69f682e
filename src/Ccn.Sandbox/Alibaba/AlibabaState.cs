namespace Ccn.Sandbox.Alibaba;

/// <summary>Access tokens of the buyer application.</summary>
internal sealed class AlibabaState
{
    public Dictionary<string, DateTimeOffset> Tokens { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, DateTimeOffset> RefreshTokens { get; set; } = new(StringComparer.Ordinal);
}
