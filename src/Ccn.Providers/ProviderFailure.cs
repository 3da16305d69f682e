namespace Ccn.Providers;

/// <summary>What kind of failure a provider call ended in. It decides alone whether the call may be repeated.</summary>
public enum ProviderFailure
{
    /// <summary>The provider understood the request and refused it: nothing happened there, and repeating it changes nothing.</summary>
    Rejected,

    /// <summary>The provider could not answer, or the answer was lost. The outcome is unknown: repeat with the same idempotency key.</summary>
    Unavailable,

    /// <summary>The provider answered something its documentation does not allow. Repeating does not help; a person has to look.</summary>
    Contract,
}
