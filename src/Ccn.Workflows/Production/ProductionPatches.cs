namespace Ccn.Workflows.Production;

/// <summary>Changes of <see cref="ProductionWorkflow"/> that running orders were started without.</summary>
internal static class ProductionPatches
{
    /// <summary>A shipment that is reported before a passed inspection is not taken. Can go when no order from before 27 November 2026 is open.</summary>
    public const string ShippedAfterInspection = "production-20261126-shipped-after-inspection";
}
