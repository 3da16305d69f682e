namespace Ccn.Data.Files;

/// <summary>The type of a file as its first bytes show it.</summary>
public enum FileType
{
    /// <summary>None of the types below.</summary>
    Unknown,
    /// <summary>JPEG, decoded.</summary>
    Jpeg,
    /// <summary>PNG, decoded.</summary>
    Png,
    /// <summary>WebP, decoded.</summary>
    WebP,
    /// <summary>GIF, decoded when it has one frame.</summary>
    Gif,
    /// <summary>AVIF picture.</summary>
    Avif,
    /// <summary>HEIC or HEIF picture.</summary>
    Heic,
    /// <summary>SVG drawing.</summary>
    Svg,
    /// <summary>Windows bitmap.</summary>
    Bmp,
    /// <summary>TIFF picture; many raw camera files look the same.</summary>
    Tiff,
    /// <summary>Windows icon or cursor.</summary>
    Icon,
    /// <summary>PDF document.</summary>
    Pdf,
    /// <summary>ZIP archive, which office documents and Java archives are too.</summary>
    Zip,
    /// <summary>gzip archive; a compressed SVG is one.</summary>
    Gzip,
    /// <summary>HTML page.</summary>
    Html,
    /// <summary>Binary glTF: a 3D model.</summary>
    Glb,
}
