using Microsoft.Playwright;

namespace Ccn.Web.Tests;

/// <summary>The browser: Debian's Chromium, or the one that CCN_CHROMIUM names.</summary>
internal static class Chromium
{
    private static readonly string[] Known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Starts it without any way to the outside: a page that asks another host for something fails.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CCN_CHROMIUM") ?? Known.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("No Chromium is installed (Debian: apt-get install chromium), and CCN_CHROMIUM names none."),
        Headless = true,
        ChromiumSandbox = false,   // it does not start under root otherwise
        Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
    });
}
