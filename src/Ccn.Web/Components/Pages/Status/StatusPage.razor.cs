using Ccn.Api.Designs;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Status;

/// <summary>What people see instead of a problem document.</summary>
public sealed partial class StatusPage
{
    [Parameter] public int Code { get; set; } = StatusCodes.Status404NotFound;

    private string Title => Code switch
    {
        400 => "That cannot be taken as it is",
        403 => "This is not for your role",
        404 => "There is nothing here",
        409 => "That is not possible any more",
        413 => "That is too large",
        503 => "Not available at the moment",
        >= 500 => "Something went wrong on our side",
        _ => "That did not work",
    };

    private string Text => Code switch
    {
        403 => "You are signed in, but this page belongs to another role. Sign in with another account, or ask whoever runs this installation.",
        404 => "The page has moved, or the thing is not public. Other people's licences, orders and statements open for their owners alone.",
        413 => $"Nothing of it was stored. A picture has at most {DesignCommands.MaxUploadBytes / (1024 * 1024)} MiB; go back, choose a smaller one, and what you typed is still there.",
        409 => "Somebody was faster, or the time for it is over. The design's page says what happens now.",
        503 => "The workflow server does not answer. What you did may still take effect; look again in a moment.",
        >= 500 => "It was recorded, and nothing of yours is lost. Try again in a moment.",
        _ => "Go back and try again.",
    };
}
