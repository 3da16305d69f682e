using Microsoft.Playwright;

// One browser after the other: they would only take the processor from each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Ccn.Web.Tests;

/// <summary>The browser: Debian's Chromium, or the one that CCN_CHROMIUM names.</summary>
internal static class Chromium
{
    private static readonly string[] Known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The longest wait for what a page should come to show. Generous: a busy machine is no fault of the page.</summary>
    private const float PatienceMilliseconds = 60_000;

    /// <summary>Starts it without any way to the outside: a page that asks another host for something fails.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        return playwright.Chromium.LaunchAsync(Options());
    }

    private static BrowserTypeLaunchOptions Options() => new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CCN_CHROMIUM") ?? Known.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("No Chromium is installed (Debian: apt-get install chromium), and CCN_CHROMIUM names none."),
        Headless = true,
        ChromiumSandbox = false,   // it does not start under root otherwise
        Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
    };
}
