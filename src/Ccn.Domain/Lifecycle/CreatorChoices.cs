namespace Ccn.Domain.Lifecycle;

/// <summary>What a design's creator may do in which stage, and in plain words why not. The life cycle and the pages go by the same rules.</summary>
public static class CreatorChoices
{
    /// <summary>Whether the design may enter a contest or be opened to bids.</summary>
    public static bool MayChoose(DesignStage stage) => stage is DesignStage.Published or DesignStage.NotSelected;

    /// <summary>Whether the design may be taken back: until a bid is accepted.</summary>
    public static bool MayWithdraw(DesignStage stage) => stage is DesignStage.Held or DesignStage.Published or DesignStage.InContest or DesignStage.NotSelected or DesignStage.OpenToBids;

    /// <summary>Why the design can neither enter a contest nor be opened to bids now; null when it can.</summary>
    public static string? WhyNotChoose(DesignStage stage) => MayChoose(stage) ? null : stage switch
    {
        DesignStage.Submitted => "Its file is being checked first.",
        DesignStage.Held => "A moderator decides first whether it is published.",
        DesignStage.InContest => "It is in a contest until that one is decided.",
        DesignStage.Won => "It won its contest and is being put before the sellers.",
        DesignStage.OpenToBids => "It is open to bids already.",
        DesignStage.Ended or DesignStage.Withdrawn or DesignStage.Refused => "Its life has ended.",
        _ => "A seller's bid was accepted.",
    };

    /// <summary>Why the design cannot be taken back now; null when it can.</summary>
    public static string? WhyNotWithdraw(DesignStage stage) => MayWithdraw(stage) ? null : stage switch
    {
        DesignStage.Submitted => "Its file is being checked; that takes a moment.",
        DesignStage.Won => "It is on its way to the sellers; once it is open to bids it can be withdrawn.",
        DesignStage.Ended or DesignStage.Withdrawn or DesignStage.Refused => "Its life has ended.",
        _ => "A bid was accepted: the licence binds both sides now.",
    };
}
