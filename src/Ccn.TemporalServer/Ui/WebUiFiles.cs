using System.Collections.Frozen;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;

namespace Ccn.TemporalServer.Ui;

/// <summary>The files of the Web UI, which the build bundles and packs into this assembly.</summary>
internal sealed class WebUiFiles
{
    private const string Resource = "Ccn.TemporalServer.WebUi.zip";
    private const string Start = "index.html";

    private readonly Lazy<FrozenDictionary<string, byte[]>> files = new(Load);
    private readonly FileExtensionContentTypeProvider types = new();

    /// <summary>Version of the UI package.</summary>
    public string Version => JsonDocument.Parse(files.Value["_app/version.json"]).RootElement.GetProperty("version").GetString()!;

    /// <summary>Answers with a file, or with the page that finds out in the browser what the address means.</summary>
    public Task AnswerAsync(HttpContext http, PathString path)
    {
        var name = path.Value!.TrimStart('/');
        var isFile = files.Value.TryGetValue(name, out var content);
        if (!isFile && (name.StartsWith("_app/", StringComparison.Ordinal) || name == "favicon.ico"))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;   // a file of another build, not a page
            return Task.CompletedTask;
        }

        content ??= files.Value[Start];
        http.Response.ContentType = types.TryGetContentType(isFile ? name : Start, out var type) ? type : "application/octet-stream";
        http.Response.ContentLength = content.Length;

        // The names of these hold the hash of their content.
        http.Response.Headers.CacheControl = name.StartsWith("_app/immutable/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
    }

    private static FrozenDictionary<string, byte[]> Load()
    {
        using var resource = typeof(WebUiFiles).Assembly.GetManifestResourceStream(Resource)!;
        using var archive = new ZipArchive(resource);
        var read = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries.Where(entry => entry.Length > 0))
        {
            var content = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(content);
            read[entry.FullName] = content;
        }

        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
