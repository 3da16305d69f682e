namespace Ccn.Host.Demo;

/// <summary>What is going to happen to one design of the demo history.</summary>
/// <param name="StartDay">Day of the history on which the creator uploads it.</param>
/// <param name="Months">Months of sales.</param>
/// <param name="LateSupplier">Whether the supplier takes its time.</param>
internal sealed record DesignPlan(string Name, DemoDesign Design, string Creator, string Seller, LifeGoal Goal, double StartDay, int Months = 0, bool LateSupplier = false)
{
    /// <summary>Percent bid that wins, in hundredths of a percent: 7 % to 14 %, by the design.</summary>
    public int RateBasisPoints => 700 + (Math.Abs(Design.Title.Length * 37) % 8 * 100);

    /// <summary>Consumer price, by the design.</summary>
    public decimal Price => 16 + (Math.Abs(Design.Title.Length * 13) % 9 * 2);
}
