namespace Ccn.TemporalServer.Tests.Wire;

/// <summary>The methods of Temporal's API that this server does not answer, each with the reason.</summary>
internal static class UnimplementedRpcs
{
    private const string NoDeployments = "Workflows are versioned by patches: there are no worker deployments whose versions could be chosen.";
    private const string NoNexus = "Nexus joins namespaces and clusters: here is one of each.";
    private const string NoStandalone = "Activities run in workflows.";
    private const string NoRules = "Workflow rules are off on a real server too until a cluster turns them on.";
    private const string NoRemoteConfig = "Workers and task queues are configured where the worker is started.";
    private const string NoRunTimeSkipping = "Time is skipped for the whole server (TestService); a real server has it for single runs, off by default.";
    private const string OneCluster = "One node is all of the cluster.";
    private const string NoHalfDeletion = "A namespace is used, or it is deleted.";

    /// <summary>Name of the method, and the reason.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AddOrUpdateRemoteCluster"] = OneCluster,
        ["CreateNexusEndpoint"] = NoNexus,
        ["DeleteNexusEndpoint"] = NoNexus,
        ["GetNexusEndpoint"] = NoNexus,
        ["RemoveRemoteCluster"] = OneCluster,
        ["UpdateNexusEndpoint"] = NoNexus,
        ["CountActivityExecutions"] = NoStandalone,
        ["CountNexusOperationExecutions"] = NoNexus,
        ["CreateWorkerDeployment"] = NoDeployments,
        ["CreateWorkerDeploymentVersion"] = NoDeployments,
        ["CreateWorkflowRule"] = NoRules,
        ["DeleteActivityExecution"] = NoStandalone,
        ["DeleteNexusOperationExecution"] = NoNexus,
        ["DeleteWorkerDeployment"] = NoDeployments,
        ["DeleteWorkerDeploymentVersion"] = NoDeployments,
        ["DeleteWorkflowRule"] = NoRules,
        ["DeprecateNamespace"] = NoHalfDeletion,
        ["DescribeActivityExecution"] = NoStandalone,
        ["DescribeDeployment"] = NoDeployments,
        ["DescribeNexusOperationExecution"] = NoNexus,
        ["DescribeWorkerDeployment"] = NoDeployments,
        ["DescribeWorkerDeploymentVersion"] = NoDeployments,
        ["DescribeWorkflowRule"] = NoRules,
        ["FetchWorkerConfig"] = NoRemoteConfig,
        ["GetCurrentDeployment"] = NoDeployments,
        ["GetDeploymentReachability"] = NoDeployments,
        ["ListActivityExecutions"] = NoStandalone,
        ["ListDeployments"] = NoDeployments,
        ["ListNexusOperationExecutions"] = NoNexus,
        ["ListWorkflowRules"] = NoRules,
        ["PauseActivityExecution"] = NoStandalone,
        ["PollActivityExecution"] = NoStandalone,
        ["PollNexusOperationExecution"] = NoNexus,
        ["PollWorkflowExecutionTimeSkipping"] = NoRunTimeSkipping,
        ["RequestCancelActivityExecution"] = NoStandalone,
        ["RequestCancelNexusOperationExecution"] = NoNexus,
        ["ResetActivityExecution"] = NoStandalone,
        ["RespondNexusTaskCompleted"] = NoNexus,
        ["RespondNexusTaskFailed"] = NoNexus,
        ["SetCurrentDeployment"] = NoDeployments,
        ["SetWorkerDeploymentCurrentVersion"] = NoDeployments,
        ["SetWorkerDeploymentManager"] = NoDeployments,
        ["SetWorkerDeploymentRampingVersion"] = NoDeployments,
        ["StartActivityExecution"] = NoStandalone,
        ["StartNexusOperationExecution"] = NoNexus,
        ["TerminateActivityExecution"] = NoStandalone,
        ["TerminateNexusOperationExecution"] = NoNexus,
        ["TriggerWorkflowRule"] = NoRules,
        ["UnpauseActivityExecution"] = NoStandalone,
        ["UpdateActivityExecutionOptions"] = NoStandalone,
        ["UpdateTaskQueueConfig"] = NoRemoteConfig,
        ["UpdateWorkerConfig"] = NoRemoteConfig,
        ["UpdateWorkerDeploymentVersionComputeConfig"] = NoDeployments,
        ["UpdateWorkerDeploymentVersionMetadata"] = NoDeployments,
        ["ValidateWorkerDeploymentVersionComputeConfig"] = NoDeployments,
    };
}
