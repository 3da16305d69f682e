using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ccn.Activities.Designs.Media;

/// <summary>A small picture as it looks on a white page, row by row. Hash and colour judge what people see.</summary>
internal sealed record OpaquePixels(int Width, int Height, Rgb24[] Pixels)
{
    public static OpaquePixels Of<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var pixels = new Rgb24[image.Width * image.Height];
        image.ProcessPixelRows(rows =>
        {
            var i = 0;
            for (var y = 0; y < rows.Height; y++)
            {
                foreach (var pixel in rows.GetRowSpan(y))
                {
                    Rgba32 color = default;
                    pixel.ToRgba32(ref color);
                    pixels[i++] = new(OnWhite(color.R, color.A), OnWhite(color.G, color.A), OnWhite(color.B, color.A));
                }
            }
        });
        return new(image.Width, image.Height, pixels);
    }

    private static byte OnWhite(byte value, byte alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
