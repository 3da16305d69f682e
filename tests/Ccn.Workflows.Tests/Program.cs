using Ccn.Workflows.Tests.Payloads;
using Ccn.Workflows.Tests.Replay;

namespace Ccn.Workflows.Tests;

/// <summary>The test program, with two switches that record what later builds are held against: <c>record-histories FOLDER</c> and <c>record-payloads FOLDER</c>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["record-histories", var folder]:
                await HistoryRecorder.RecordAsync(folder);
                return 0;
            case ["record-payloads", var folder]:
                PayloadGoldens.Record(folder);
                return 0;
            default:
                return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
                    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
                    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        }
    }
}
