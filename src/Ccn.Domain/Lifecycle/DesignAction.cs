namespace Ccn.Domain.Lifecycle;

/// <summary>What people can do with a design, in which stages and who, as the boards show it. What the creator may choose is <see cref="CreatorChoices"/>.</summary>
/// <param name="Name">In plain words, as a command.</param>
/// <param name="By">Whose decision it is.</param>
/// <param name="Stages">Where it is possible.</param>
public sealed record DesignAction(string Name, Party By, IReadOnlyList<DesignStage> Stages)
{
    public static DesignAction Moderate { get; } = new("Publish or refuse it", Party.Moderator, [DesignStage.Held]);
    public static DesignAction EnterContest { get; } = new("Enter a contest", Party.Creator, Where(CreatorChoices.MayChoose));
    public static DesignAction OpenBidding { get; } = new("Open it to bids", Party.Creator, Where(CreatorChoices.MayChoose));
    public static DesignAction Vote { get; } = new("Vote on it", Party.Community, [DesignStage.InContest]);
    public static DesignAction Bid { get; } = new("Lodge or withdraw a sealed bid", Party.Seller, [DesignStage.OpenToBids]);
    public static DesignAction AcceptBid { get; } = new("Accept a bid", Party.Creator, [DesignStage.OpenToBids]);
    public static DesignAction Withdraw { get; } = new("Withdraw it", Party.Creator, Where(CreatorChoices.MayWithdraw));
    public static DesignAction Sign { get; } = new("Sign the licence", Party.Creator, [DesignStage.Licensing]);
    public static DesignAction InviteSuppliers { get; } = new("Ask suppliers for quotes", Party.Seller, [DesignStage.Licensed, DesignStage.Sourcing]);
    public static DesignAction ApproveQuote { get; } = new("Approve a quote", Party.Seller, [DesignStage.Sourcing]);
    public static DesignAction RecordGoods { get; } = new("Record an inspection or the goods received", Party.Seller, [DesignStage.InProduction]);
    public static DesignAction Submit { get; } = new("Submit or change the listing", Party.Seller, [DesignStage.InProduction, DesignStage.Listed, DesignStage.Selling]);

    /// <summary>In the order of the life cycle.</summary>
    public static IReadOnlyList<DesignAction> All { get; } = [Moderate, EnterContest, OpenBidding, Vote, Bid, AcceptBid, Withdraw, Sign, InviteSuppliers, ApproveQuote, RecordGoods, Submit];

    /// <summary>Whether a design in the stage takes it. The workflow may still refuse for what only it knows, such as a bid accepted in the same instant.</summary>
    public bool IsPossibleIn(DesignStage stage) => Stages.Contains(stage);

    /// <summary>Why a design in the stage does not take it; null when it does.</summary>
    public string? WhyNotIn(DesignStage stage) => IsPossibleIn(stage) ? null
        : stage > Stages.Max() ? $"the design is past {Words(Stages.Max())}"
        : $"the design must be {string.Join(" or ", Stages.Where(possible => possible > stage).Select(Words))} first";

    private static IReadOnlyList<DesignStage> Where(Func<DesignStage, bool> possible) => [.. Enum.GetValues<DesignStage>().Where(possible)];

    private static string Words(DesignStage stage) => stage switch
    {
        DesignStage.InContest => "in a contest",
        DesignStage.NotSelected => "not selected",
        DesignStage.OpenToBids => "open to bids",
        DesignStage.InProduction => "in production",
        DesignStage.Licensing => "at signing",
        _ => stage.ToString().ToLowerInvariant(),
    };
}
