namespace Ccn.Domain.Production;

/// <summary>Single sampling plans of ISO 2859-1 (ANSI/ASQ Z1.4), general inspection level II, normal inspection. Rejection is always acceptance + 1.</summary>
public static class AqlPlans
{
    // Lot size (level II) with the sample and the acceptance numbers for AQL 2.5 and 4.0. Where the table's arrows lead the two to different samples,
    // the larger sample is taken, because both kinds of defect are counted on the same units.
    private static readonly (int UpTo, int Sample, int Aql25, int Aql40)[] Table =
    [
        (25, 5, 0, 0), (50, 13, 0, 1), (150, 20, 1, 2), (280, 32, 2, 3), (500, 50, 3, 5), (1_200, 80, 5, 7),
        (3_200, 125, 7, 10), (10_000, 200, 10, 14), (35_000, 315, 14, 21), (int.MaxValue, 500, 21, 21),
    ];

    /// <summary>The plan for a lot. A lot smaller than the sample is inspected whole. No critical defect is ever accepted.</summary>
    /// <param name="lotSize">Units presented, at least 1.</param>
    /// <param name="majorAql">2.5 or 4.0.</param>
    /// <param name="minorAql">2.5 or 4.0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lot is empty or the AQL is not one of the two.</exception>
    public static SamplingPlan Normal(int lotSize, decimal majorAql, decimal minorAql)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lotSize, 1);
        var row = Table.First(entry => lotSize <= entry.UpTo);
        return new(Math.Min(lotSize, row.Sample), 0, Accept(row.Aql25, row.Aql40, majorAql), Accept(row.Aql25, row.Aql40, minorAql));
    }

    /// <summary>Whether the lot is accepted.</summary>
    public static bool Passes(SamplingPlan plan, InspectionFindings findings) =>
        findings.Critical <= plan.AcceptCritical && findings.Major <= plan.AcceptMajor && findings.Minor <= plan.AcceptMinor;

    private static int Accept(int at25, int at40, decimal aql) => aql switch
    {
        2.5m => at25,
        4.0m => at40,
        _ => throw new ArgumentOutOfRangeException(nameof(aql), aql, "Acceptance numbers are kept for AQL 2.5 and 4.0."),
    };
}
