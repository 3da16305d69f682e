using System.Text.Json;

namespace Ccn.TemporalServer.Ui;

/// <summary>The settings document of the Web UI: the one thing that it asks for and no RPC answers.</summary>
internal static class UiSettings
{
    /// <summary>Nobody signs in, and payloads are readable as they are.</summary>
    /// <param name="version">Version of the UI; it writes addresses differently for servers of old versions.</param>
    /// <param name="readOnly">No action is offered.</param>
    public static string Json(string version, bool readOnly) => JsonSerializer.Serialize(new
    {
        Auth = new { Enabled = false, Options = (string[]?)null },
        BannerText = "",
        DefaultNamespace = "default",
        ShowTemporalSystemNamespace = false,
        FeedbackURL = "",
        NotifyOnNewVersion = false,
        Codec = new { Endpoint = "", PassAccessToken = false, IncludeCredentials = false, DefaultErrorMessage = "", DefaultErrorLink = "" },
        Version = version,
        DisableWriteActions = readOnly,
        WorkflowTerminateDisabled = false,
        WorkflowCancelDisabled = false,
        WorkflowSignalDisabled = false,
        WorkflowUpdateDisabled = false,
        WorkflowResetDisabled = false,
        BatchActionsDisabled = false,
        StartWorkflowDisabled = false,
        HideWorkflowQueryErrors = false,
        RefreshWorkflowCountsDisabled = false,
    });
}
