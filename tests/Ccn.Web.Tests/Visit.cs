using Microsoft.Playwright;

namespace Ccn.Web.Tests;

/// <summary>One browser window, and everything that went wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    private Visit(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    public static async Task<Visit> OpenAsync(IBrowserContext context)
    {
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Page.PageError += (_, error) => visit.faults.Add(error);
        visit.Page.Console += (_, message) =>
        {
            if (message.Type == "error") { visit.faults.Add($"{message.Text} ({message.Location})"); }
        };
        visit.Page.RequestFailed += (_, request) =>
        {
            // A request that the next page cut off is no fault.
            if (request.Failure != "net::ERR_ABORTED") { visit.faults.Add($"{request.Url}: {request.Failure}"); }
        };
        return visit;
    }

    /// <summary>Goes to a page, which must be there.</summary>
    public async Task GoAsync(string path)
    {
        var response = await Page.GotoAsync(path);
        Assert.True(response!.Ok, $"{path}: {response.Status}");
    }

    /// <summary>No error of script, console or network so far.</summary>
    public void IsFaultless(string where) => Assert.True(faults.Count == 0, $"{where}:\n{string.Join('\n', faults)}");

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
