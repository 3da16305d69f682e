using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests;

/// <summary>Asserts that a command was refused with a failure type, and gives the words.</summary>
internal static class Refused
{
    public static async Task<string> WithAsync(string type, Func<Task> command)
    {
        var failure = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(command);
        var refusal = Assert.IsType<ApplicationFailureException>(failure.InnerException);
        Assert.Equal(type, refusal.ErrorType);
        return refusal.Message;
    }
}
