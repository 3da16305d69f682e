namespace Ccn.Data.Files;

/// <summary>A file was refused for what it is: sending the same bytes again gives the same answer, so it is never retried.</summary>
/// <param name="code">One of <see cref="FileRefusals"/>.</param>
/// <param name="message">A sentence for the person who sent the file.</param>
/// <param name="inner">What was noticed underneath, for the log.</param>
public class FileRefusedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="FileRefusals"/>.</summary>
    public string Code { get; } = code;
}
