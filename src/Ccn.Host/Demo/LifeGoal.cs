namespace Ccn.Host.Demo;

/// <summary>How far a design of the demo history has come by today.</summary>
internal enum LifeGoal
{
    Published, OpenToBids, Lapsed, Licensing, Sourcing, InProduction, FailedInspection, Listed, Selling, Held, Refused, Withdrawn,
}
