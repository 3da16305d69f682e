namespace Ccn.Host.Demo;

/// <summary>Who uploads what when in the demo history, so that on its last day there is something to see in every stage.</summary>
internal static class HistoryPlan
{
    private static readonly string[] Adjectives = ["Quiet", "Coral", "Northern", "Paper", "Velvet", "Salt", "Copper", "Wild", "Folded", "Amber", "Hidden", "Woven"];
    private static readonly string[] Nouns = ["Meadow", "Harbour", "Fern", "Comet", "Terrace", "Orchard", "Tide", "Lantern", "Canyon", "Thicket", "Arcade"];

    /// <summary>What is drawn on the pictures of a family, which are numbered in this order again and again.</summary>
    private static readonly (string Words, string[] Tags)[] Patterns =
    [
        ("Loose flowers, no two alike", ["floral", "botanical"]), ("Half moons in rows, each turned a little further", ["geometric", "retro"]), ("Waves that never meet", ["hand-drawn", "pattern"]),
        ("Stripes of unequal width", ["minimal", "retro"]), ("Circles around one point", ["geometric", "retro"]), ("Small triangles that all point one way", ["geometric", "pattern"]),
        ("Short strokes of a broad brush", ["hand-drawn", "minimal"]),
    ];

    /// <summary>Which creator drew each family. Variants of one picture are one creator's, and so are the families that look alike from afar (3 and 15, 4 and 10, 11 and 23): nobody is held for copying another.</summary>
    private static readonly int[] Artists = [0, 1, 2, 3, 4, 5, 1, 2, 3, 1, 4, 0, 2, 3, 4, 3, 5, 1, 3, 4, 5, 0, 0, 0];

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
        var pool = new PicturePool();
        var number = 0;
        var inContests = designs * 2 / 5;
        var contests = Contests(days, inContests, pool, ref number);
        var single = new List<DesignPlan>();
        while (number < designs)
        {
            var (goal, back, months, late) = Kinds[single.Count % Kinds.Length];
            single.Add(Plan(ref number, pool.Take(), goal, days - back - (single.Count / Kinds.Length), months, late));
        }

        return (contests, single);
    }

    private static List<ContestPlan> Contests(double days, int entries, PicturePool pool, ref int number)
    {
        (string Title, string Brief, string Category, LifeGoal Goal, double Back, int Months, bool Votes)[] kinds =
        [
            ("Floral Fashion", "Flowers for people who think they do not like flowers.", "t-shirts", LifeGoal.Selling, 398, 8, true),
            ("Tiny Geometry", "One shape, one colour too many.", "cushions", LifeGoal.Selling, 230, 3, true),
            ("Kitchen Folklore", "Motifs that could have hung above a stove a hundred years ago.", DemoProduct.Mugs, LifeGoal.InProduction, 52, 0, true),
            ("Winter Light", "What the sun looks like at four in the afternoon.", "lighting", LifeGoal.Published, 17.5, 0, true),
            ("Slow Travel", "Places you reach on foot.", "tote bags", LifeGoal.Published, 6, 0, false),
        ];
        var contests = new List<ContestPlan>();
        for (var index = 0; index < kinds.Length; index++)
        {
            var (title, brief, category, goal, back, months, votes) = kinds[index];
            var count = Math.Max(2, (entries + index) / kinds.Length);
            var plans = new List<DesignPlan>();
            for (var entry = 0; entry < count; entry++) { plans.Add(Plan(ref number, pool.Take(category), entry == 0 ? goal : LifeGoal.Published, days - back, entry == 0 ? months : 0, late: false)); }

            contests.Add(new(FormattableString.Invariant($"contest-{index + 1}"), title, brief, category, days - back, plans, votes));
        }

        return contests;
    }

    private static DesignPlan Plan(ref int number, string picture, LifeGoal goal, double startDay, int months, bool late)
    {
        var index = number++;
        var title = $"{Adjectives[index % Adjectives.Length]} {Nouns[index % Nouns.Length]}{(goal is LifeGoal.Held or LifeGoal.Refused ? " for Disney fans" : "")}";
        var (family, category) = (FamilyOf(picture), CategoryOf(picture));
        var (words, tags) = Patterns[family % Patterns.Length];
        var onMug = category == DemoProduct.Mugs;
        var others = DemoDesign.Pictures.Where(other => FamilyOf(other) == family && other != picture).ToList();
        var design = new DemoDesign(title, $"{words}. Drawn by hand and prepared for printing.", category, tags, picture, onMug ? others : null, onMug);
        return new(FormattableString.Invariant($"design-{index + 1}"), design, DemoPeople.Creators[Artists[family]].Handle, DemoPeople.Sellers[index % DemoPeople.Sellers.Count].Handle, goal, startDay, months, late);
    }

    /// <summary>Pictures are named <c>art-NN</c>, variants <c>art-NN-v</c>.</summary>
    private static int FamilyOf(string picture) => int.Parse(picture.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture);

    private static char VariantOf(string picture) => picture[7];

    /// <summary>The families show the products in their order, again and again.</summary>
    private static string CategoryOf(string picture) => DemoProduct.All[FamilyOf(picture) % DemoProduct.All.Count].Category;

    /// <summary>Pictures that no design has yet: whole products first, then the patterns and their crops. When all are taken it begins anew.</summary>
    private sealed class PicturePool
    {
        private readonly List<string> left = [];

        public string Take(string? category = null)
        {
            if (!left.Exists(Fits)) { left.AddRange(DemoDesign.Pictures.OrderBy(VariantOf)); }   // stable: families stay in their order

            var taken = left.Find(Fits)!;
            left.Remove(taken);
            return taken;

            bool Fits(string picture) => category is null || CategoryOf(picture) == category;
        }
    }
}
