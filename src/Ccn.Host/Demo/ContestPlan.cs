namespace Ccn.Host.Demo;

/// <summary>A challenge of the demo history with its entries; the first is the one that members like best.</summary>
/// <param name="Votes">Whether members vote: not yet in a challenge that is young.</param>
internal sealed record ContestPlan(string Name, string Title, string Brief, string Category, double StartDay, IReadOnlyList<DesignPlan> Entries, bool Votes);
