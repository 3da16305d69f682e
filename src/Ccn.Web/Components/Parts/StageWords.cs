using Ccn.Domain.Lifecycle;

namespace Ccn.Web.Components.Parts;

/// <summary>What people call the stages of a design, and the colour each has everywhere.</summary>
internal static class StageWords
{
    public static string Of(DesignStage stage) => stage switch
    {
        DesignStage.Licensing => "Signing",
        _ => Words.Of(stage),
    };

    public static string Colour(DesignStage stage) => stage switch
    {
        DesignStage.InContest or DesignStage.Won => "brand",
        DesignStage.OpenToBids => "amber",
        DesignStage.Licensing or DesignStage.Licensed or DesignStage.Sourcing => "plum",
        DesignStage.InProduction => "sky",
        DesignStage.Listed or DesignStage.Selling => "pine",
        DesignStage.Refused or DesignStage.Held => "bad",
        _ => "",
    };
}
