namespace Ccn.Host.Demo;

/// <summary>Who uploads what when in the demo history, so that on its last day there is something to see in every stage.</summary>
internal static class HistoryPlan
{
    private static readonly string[] Adjectives = ["Quiet", "Coral", "Northern", "Paper", "Velvet", "Salt", "Copper", "Wild", "Folded", "Amber", "Hidden", "Woven"];
    private static readonly string[] Nouns = ["Meadow", "Harbour", "Fern", "Comet", "Terrace", "Orchard", "Tide", "Lantern", "Canyon", "Thicket", "Arcade"];
    private const string Mugs = "mugs";
    private static readonly string[] Categories = ["t-shirts", Mugs, "lighting", "home", "tote bags", "cushions"];
    private static readonly string[] Tags = ["floral", "geometric", "hand-drawn", "minimal", "retro", "botanical", "pattern"];

    /// <summary>The share of each kind, most telling first: a small history still has one of each. Days are counted back from today.</summary>
    private static readonly (LifeGoal Goal, double DaysBack, int Months, bool Late)[] Kinds =
    [
        (LifeGoal.Selling, 385, 9, false), (LifeGoal.Selling, 250, 5, false), (LifeGoal.Held, 2, 0, false), (LifeGoal.Lapsed, 30, 0, false), (LifeGoal.OpenToBids, 4, 0, false),
        (LifeGoal.Licensing, 13, 0, false), (LifeGoal.Sourcing, 13, 0, false), (LifeGoal.InProduction, 24, 0, false), (LifeGoal.FailedInspection, 40, 0, false), (LifeGoal.Listed, 62, 0, false),
        (LifeGoal.Published, 6, 0, false), (LifeGoal.Selling, 190, 3, true), (LifeGoal.Refused, 45, 0, false), (LifeGoal.Withdrawn, 80, 0, false), (LifeGoal.OpenToBids, 6, 0, false),
        (LifeGoal.Selling, 140, 2, false), (LifeGoal.Licensing, 15, 0, false), (LifeGoal.InProduction, 21, 0, false), (LifeGoal.Sourcing, 12, 0, false), (LifeGoal.Listed, 58, 0, false),
        (LifeGoal.Published, 11, 0, false), (LifeGoal.OpenToBids, 5, 0, false), (LifeGoal.Selling, 110, 1, false), (LifeGoal.Published, 70, 0, false), (LifeGoal.Sourcing, 14, 0, false),
        (LifeGoal.InProduction, 27, 0, false), (LifeGoal.Licensing, 12, 0, false), (LifeGoal.Lapsed, 120, 0, false), (LifeGoal.Listed, 66, 0, false), (LifeGoal.OpenToBids, 3, 0, false),
        (LifeGoal.Published, 1, 0, false), (LifeGoal.Published, 150, 0, false), (LifeGoal.InProduction, 23, 0, false), (LifeGoal.Sourcing, 15, 0, false), (LifeGoal.Held, 1, 0, false), (LifeGoal.Published, 33, 0, false),
    ];

    /// <param name="designs">How many designs there are to be, contest entries included.</param>
    /// <param name="days">Length of the history.</param>
    public static (IReadOnlyList<ContestPlan> Contests, IReadOnlyList<DesignPlan> Designs) Make(int designs, double days)
    {
        var number = 0;
        var inContests = designs * 2 / 5;
        var contests = Contests(days, inContests, ref number);
        var single = new List<DesignPlan>();
        while (number < designs)
        {
            var (goal, back, months, late) = Kinds[single.Count % Kinds.Length];
            single.Add(Plan(ref number, goal, days - back - (single.Count / Kinds.Length), months, late));
        }

        return (contests, single);
    }

    private static List<ContestPlan> Contests(double days, int entries, ref int number)
    {
        (string Title, string Brief, LifeGoal Goal, double Back, int Months, bool Votes)[] kinds =
        [
            ("Floral Fashion", "Flowers for people who think they do not like flowers.", LifeGoal.Selling, 398, 8, true),
            ("Tiny Geometry", "One shape, one colour too many.", LifeGoal.Selling, 230, 3, true),
            ("Kitchen Folklore", "Motifs that could have hung above a stove a hundred years ago.", LifeGoal.InProduction, 52, 0, true),
            ("Winter Light", "What the sun looks like at four in the afternoon.", LifeGoal.Published, 17.5, 0, true),
            ("Slow Travel", "Places you reach on foot.", LifeGoal.Published, 6, 0, false),
        ];
        var contests = new List<ContestPlan>();
        for (var index = 0; index < kinds.Length; index++)
        {
            var (title, brief, goal, back, months, votes) = kinds[index];
            var count = Math.Max(2, (entries + index) / kinds.Length);
            var plans = new List<DesignPlan>();
            for (var entry = 0; entry < count; entry++) { plans.Add(Plan(ref number, entry == 0 ? goal : LifeGoal.Published, days - back, entry == 0 ? months : 0, late: false)); }

            contests.Add(new(FormattableString.Invariant($"contest-{index + 1}"), title, brief, plans[0].Design.Category, days - back, plans, votes));
        }

        return contests;
    }

    private static DesignPlan Plan(ref int number, LifeGoal goal, double startDay, int months, bool late)
    {
        var index = number++;
        var picture = DemoDesign.Pictures[index % DemoDesign.Pictures.Count];
        var title = $"{Adjectives[index % Adjectives.Length]} {Nouns[index % Nouns.Length]}{(goal is LifeGoal.Held or LifeGoal.Refused ? " for Disney fans" : "")}";
        var category = Categories[index % Categories.Length];
        var family = DemoDesign.Pictures.Where(other => PictureFamily(other) == PictureFamily(picture) && other != picture).ToList();
        var design = new DemoDesign(title, $"{title}, drawn by hand and prepared for printing.", category, [Tags[index % Tags.Length], Tags[(index + 3) % Tags.Length]], picture,
            category == Mugs ? family : null, OnMug: category == Mugs);

        // Variants of one picture are one creator's, so that nobody is held for copying another.
        var creator = DemoPeople.Creators[PictureFamily(picture) % DemoPeople.Creators.Count].Handle;
        return new(FormattableString.Invariant($"design-{index + 1}"), design, creator, DemoPeople.Sellers[index % DemoPeople.Sellers.Count].Handle, goal, startDay, months, late);
    }

    /// <summary>Pictures are named <c>art-NN</c>, variants <c>art-NN-v</c>.</summary>
    private static int PictureFamily(string picture) => int.Parse(picture.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture);
}
