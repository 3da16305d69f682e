using System.Numerics;

namespace Ccn.Activities.Designs.Media;

/// <summary>
/// A 64-bit perceptual hash by discrete cosine transform: 32 × 32 grey values, the coefficients of the eight lowest frequencies
/// each way without the constant ones, one bit each for above the median (C. Zauner, "Implementation and Benchmarking of
/// Perceptual Image Hash Functions", 2010, section 3.1). Copies that were scaled, recompressed or slightly toned differ in few
/// bits; unrelated pictures in about 32. It is evidence for a person, not a verdict.
/// </summary>
internal static class PerceptualHash
{
    private const int Side = 32;
    private const int Frequencies = 8;

    private static readonly double[,] Cosines = MakeCosines();

    /// <summary>The hash. A picture without features (one flat colour) has hash zero and should be compared with nothing.</summary>
    public static long Compute(OpaquePixels picture)
    {
        var coefficients = Transform(Grey(picture));
        var sorted = (double[])coefficients.Clone();
        Array.Sort(sorted);
        var median = (sorted[31] + sorted[32]) / 2;

        var hash = 0UL;
        for (var i = 0; i < coefficients.Length; i++)
        {
            hash |= coefficients[i] > median ? 1UL << i : 0;
        }

        return unchecked((long)hash);
    }

    /// <summary>In how many of the 64 bits two hashes differ.</summary>
    public static int Distance(long a, long b) => BitOperations.PopCount(unchecked((ulong)(a ^ b)));

    /// <summary>Mean luma (ITU-R BT.601) of each cell of a 32 × 32 grid laid over the picture, parts of pixels weighed.</summary>
    private static double[] Grey(OpaquePixels picture)
    {
        var columns = Array.ConvertAll(Enumerable.Range(0, Side).ToArray(), c => Cover(c, picture.Width));
        var grey = new double[Side * Side];
        for (var row = 0; row < Side; row++)
        {
            var (top, bottom) = Cover(row, picture.Height);
            for (var column = 0; column < Side; column++)
            {
                grey[(row * Side) + column] = MeanLuma(picture, columns[column], (top, bottom));
            }
        }

        return grey;
    }

    private static (double From, double To) Cover(int cell, int pixels) =>
        ((double)cell * pixels / Side, (double)(cell + 1) * pixels / Side);

    private static double MeanLuma(OpaquePixels picture, (double From, double To) x, (double From, double To) y)
    {
        double sum = 0, weights = 0;
        for (var row = (int)y.From; row < y.To && row < picture.Height; row++)
        {
            var height = Math.Min(y.To, row + 1) - Math.Max(y.From, row);
            for (var column = (int)x.From; column < x.To && column < picture.Width; column++)
            {
                var weight = height * (Math.Min(x.To, column + 1) - Math.Max(x.From, column));
                var pixel = picture.Pixels[(row * picture.Width) + column];
                sum += weight * ((0.299 * pixel.R) + (0.587 * pixel.G) + (0.114 * pixel.B));
                weights += weight;
            }
        }

        return sum / weights;
    }

    private static double[] Transform(double[] grey)
    {
        var rows = new double[Side * Frequencies];
        for (var y = 0; y < Side; y++)
        {
            for (var u = 0; u < Frequencies; u++)
            {
                for (var x = 0; x < Side; x++)
                {
                    rows[(y * Frequencies) + u] += grey[(y * Side) + x] * Cosines[u, x];
                }
            }
        }

        var coefficients = new double[Frequencies * Frequencies];
        for (var v = 0; v < Frequencies; v++)
        {
            for (var u = 0; u < Frequencies; u++)
            {
                var sum = 0.0;
                for (var y = 0; y < Side; y++)
                {
                    sum += rows[(y * Frequencies) + u] * Cosines[v, y];
                }

                // Below half a grey value there is only the rounding of the arithmetic, which must not decide a bit.
                coefficients[(v * Frequencies) + u] = Math.Abs(sum) < 0.5 ? 0 : sum;
            }
        }

        return coefficients;
    }

    /// <summary>Orthonormal DCT-II for frequencies 1 to 8.</summary>
    private static double[,] MakeCosines()
    {
        var cosines = new double[Frequencies, Side];
        for (var u = 0; u < Frequencies; u++)
        {
            for (var x = 0; x < Side; x++)
            {
                cosines[u, x] = Math.Sqrt(2.0 / Side) * Math.Cos(Math.PI * (u + 1) * ((2 * x) + 1) / (2 * Side));
            }
        }

        return cosines;
    }
}
