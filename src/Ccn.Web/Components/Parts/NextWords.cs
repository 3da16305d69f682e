using Ccn.Api.Designs;
using Ccn.Domain.Lifecycle;

namespace Ccn.Web.Components.Parts;

/// <summary>What happens next to a design, short enough for a card. An instant goes with it where there is one.</summary>
internal static class NextWords
{
    public static string Of(DesignSummary design) => design.Stage switch
    {
        DesignStage.Published or DesignStage.NotSelected => "Its creator chooses: a contest, or bids",
        DesignStage.InContest => "Members' votes decide",
        DesignStage.Won => "The bids open by themselves",
        DesignStage.OpenToBids when design.Turn is Party.Creator => "Its creator picks a bid, at the latest",
        DesignStage.OpenToBids => "Sealed bids close",
        DesignStage.Licensing => "Signatures are due",
        DesignStage.Licensed => "The seller asks suppliers",
        DesignStage.Sourcing => "Suppliers send their quotes",
        DesignStage.InProduction => "The goods are being made",
        DesignStage.Listed => "The offer goes live",
        DesignStage.Selling => "On sale: a royalty every month",
        DesignStage.Ended => "Its life cycle is complete",
        _ => Words.Of(design.Stage),
    };

    /// <summary>When it happens by itself at the latest; null where no one has to wait for it.</summary>
    public static DateTimeOffset? Until(DesignSummary design) => design.Stage is DesignStage.OpenToBids or DesignStage.Licensing ? design.Until : null;
}
