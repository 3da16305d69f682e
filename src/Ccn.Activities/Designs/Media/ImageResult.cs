namespace Ccn.Activities.Designs.Media;

/// <summary>What was made of one original.</summary>
/// <param name="Width">Width in pixels as shown, orientation applied.</param>
/// <param name="Height">Height in pixels as shown.</param>
/// <param name="Variants">The sizes for pages, largest first; none is larger than the original and no two are equally wide.</param>
/// <param name="PerceptualHash">See <see cref="Media.PerceptualHash"/>. Zero: the picture has no features to compare.</param>
/// <param name="DominantColor">The commonest colour as #rrggbb, shown until the picture has loaded.</param>
internal sealed record ImageResult(
    int Width, int Height, IReadOnlyList<ImageVariant> Variants, long PerceptualHash, string DominantColor);

/// <summary>One size of a picture, in the file store.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="ObjectKey">Key in the file store; the content is WebP.</param>
/// <param name="Bytes">Length in bytes.</param>
internal sealed record ImageVariant(int Width, int Height, string ObjectKey, long Bytes);
