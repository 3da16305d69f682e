namespace Ccn.Data;

/// <summary>What a projection shows where a later event made the row before the first one filled it.</summary>
internal static class Unset
{
    /// <summary>ISO 4217's code for "no currency".</summary>
    public const string Currency = "XXX";
}
