namespace Ccn.Domain.Lifecycle;

/// <summary>Where a design stands, as people see it.</summary>
public enum DesignStage
{
    Submitted, Held, Published, InContest, Won, NotSelected, OpenToBids, Licensing, Licensed, Sourcing, InProduction, Listed, Selling, Ended, Withdrawn, Refused,
}
