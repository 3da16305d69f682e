namespace Ccn.Domain.Production;

/// <summary>What an inspector found in the sample.</summary>
public sealed record InspectionFindings(int LotSize, int SampleSize, int Critical, int Major, int Minor);

/// <summary>Sample size and acceptance numbers of ISO 2859-1, general level II, normal inspection.</summary>
public sealed record SamplingPlan(int SampleSize, int AcceptCritical, int AcceptMajor, int AcceptMinor);

/// <summary>What was counted on arrival. <c>Short</c> and <c>Over</c> compare with the ordered quantity.</summary>
public sealed record Receipt(int Ordered, int Received, int Damaged)
{
    public int Short => Math.Max(0, Ordered - Received);
    public int Over => Math.Max(0, Received - Ordered);
    public int Sellable => Received - Damaged;
}

/// <summary>Facts a supplier reports, in the order they happen.</summary>
public enum Milestone { DepositReceived, SampleApproved, InProduction, ReadyForInspection, Shipped }
