namespace Ccn.Data.Files;

/// <summary>A file was refused as a picture, by its header at upload or by the decoder later.</summary>
/// <param name="code">One of <see cref="FileRefusals"/>.</param>
/// <param name="message">A sentence for the person who sent the file.</param>
/// <param name="inner">What was noticed underneath, for the log.</param>
public sealed class ImageRefusedException(string code, string message, Exception? inner = null)
    : FileRefusedException(code, message, inner);
