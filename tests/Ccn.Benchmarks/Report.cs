using System.Globalization;

namespace Ccn.Benchmarks;

/// <summary>Writes what was measured.</summary>
internal static class Report
{
    /// <summary>Writes all values and ratios; false when a goal is missed.</summary>
    public static bool Write(Measures measures, IReadOnlyList<Goal> goals)
    {
        foreach (var metric in measures.Metrics)
        {
            foreach (var subject in measures.SubjectsOf(metric))
            {
                Console.WriteLine(Invariant($"  {metric,-28} {subject,-32} {Text(measures.Of(metric, subject))}"));
            }
        }

        var met = true;
        foreach (var goal in goals)
        {
            if (measures.Ratio(goal) is not { } ratio)
            {
                Console.WriteLine(Invariant($"  left out: {goal.Metric}, {goal.Subject} ÷ {goal.Reference}: not on this machine"));
                continue;
            }

            var isMet = goal.IsMet(ratio.Median);
            met &= isMet;
            Console.WriteLine(Invariant(
                $"  {(isMet ? "met   " : "MISSED")} {goal.Metric}: {goal.Subject} ÷ {goal.Reference} = {Text(ratio)}, goal {(goal.AtMost ? "at most" : "at least")} {goal.Ratio:0.###}"));
        }

        return met;
    }

    private static string Text(Spread spread) => Invariant($"{Digits(spread.Median)} [{Digits(spread.Min)}–{Digits(spread.Max)}]");

    private static string Digits(double value) => value.ToString(value switch { >= 1000 => "#,0", >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
