using Ccn.Domain;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Answers of update validators: a refused command leaves no trace in the history.</summary>
internal static class Refusal
{
    /// <summary>The state does not allow the command (409 at the edge).</summary>
    public static ApplicationFailureException Conflict(string message) => Of(message, FailureTypes.StateConflict);

    /// <summary>The command itself is wrong (400 at the edge).</summary>
    public static ApplicationFailureException Invalid(string message) => Of(message, FailureTypes.RequestInvalid);

    /// <summary>The same id came with other content (409 at the edge).</summary>
    public static ApplicationFailureException Duplicate(string message) => Of(message, FailureTypes.RequestDuplicate);

    /// <summary>A provider did not do what a person waits for: the person is told why and may try again.</summary>
    public static ApplicationFailureException Unavailable(ActivityFailureException failure) => failure.InnerException is ApplicationFailureException { ErrorType: { } type } inner
        ? Of(inner.Message, type)
        : Of(failure.InnerException?.Message ?? failure.Message, FailureTypes.ProviderUnavailable);

    // A refusal is expected noise, so it is not logged as an error.
    private static ApplicationFailureException Of(string message, string type) =>
        new(message, type, nonRetryable: true, category: ApplicationErrorCategory.Benign);
}
