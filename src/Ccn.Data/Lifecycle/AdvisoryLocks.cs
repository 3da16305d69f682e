namespace Ccn.Data.Lifecycle;

/// <summary>Numbers of PostgreSQL advisory locks. All locks of a database share one space: names of rows are hashed to 64 bits, these are far from likely hashes.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Appending shares it, rebuilding the projections takes it alone.</summary>
    public const long Projections = 0x63636E_01;

    /// <summary>Setting the application login.</summary>
    public const long ApplicationLogin = 0x63636E_02;
}
