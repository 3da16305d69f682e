using Ccn.Domain.Licences;

namespace Ccn.Domain.Royalties;

/// <summary>Which clause of the licence a statement line rests on.</summary>
public static class StatementClauses
{
    /// <summary>The clause in the words that both have signed.</summary>
    public static string Of(LicenceTerms terms, StatementLineKind kind) => LicenceText.Clause(terms, kind switch
    {
        StatementLineKind.PlatformFee => 7,
        StatementLineKind.ReserveHeld or StatementLineKind.ReserveReleased => 6,
        StatementLineKind.Carry => 9,
        _ => 4,
    });
}
