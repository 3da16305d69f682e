using System.Globalization;

namespace Ccn.Activities.Designs.Media;

/// <summary>The commonest colour of a picture.</summary>
internal static class DominantColor
{
    /// <summary>
    /// Counts colours in 4,096 boxes of four bits a channel and answers the mean of the fullest, as #rrggbb. The lowest box wins
    /// a tie, so the answer is always the same.
    /// </summary>
    public static string Of(OpaquePixels picture)
    {
        var count = new int[4096];
        var sums = new (long R, long G, long B)[4096];
        foreach (var pixel in picture.Pixels)
        {
            var box = ((pixel.R >> 4) << 8) | ((pixel.G >> 4) << 4) | (pixel.B >> 4);
            count[box]++;
            sums[box] = (sums[box].R + pixel.R, sums[box].G + pixel.G, sums[box].B + pixel.B);
        }

        var fullest = Array.IndexOf(count, count.Max());
        var (r, g, b) = sums[fullest];
        var n = count[fullest];
        return string.Create(CultureInfo.InvariantCulture, $"#{r / n:x2}{g / n:x2}{b / n:x2}");
    }
}
