using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ccn.Benchmarks.Site;

/// <summary>The limit of the feed: Kestrel alone, which answers everything with the bytes of one file.</summary>
internal static class BareSite
{
    /// <summary>Command by which the benchmark starts it as a process of its own, as the site is one.</summary>
    public const string Command = "serve-bytes";

    /// <summary>Serves until the process is ended.</summary>
    public static async Task RunAsync(string file, string address)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        await app.RunAsync();
    }
}
