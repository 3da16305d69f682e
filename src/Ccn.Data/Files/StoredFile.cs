namespace Ccn.Data.Files;

/// <summary>One file in the store.</summary>
/// <param name="ObjectKey">The name to open it by. Opaque to callers; the same content always has the same key.</param>
/// <param name="Sha256">SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="ContentType">The media type the caller gave. The store keeps content only, so the caller records it.</param>
public sealed record StoredFile(string ObjectKey, string Sha256, long Bytes, string ContentType);
