using Ccn.Api.Problems;

namespace Ccn.Web.Forms;

/// <summary>What became of a form: done, or refused with the reason beside the field. What was typed stays, since the page is rendered from the form's model.</summary>
internal sealed partial class Attempt(ILogger<Attempt> logger)
{
    /// <summary>Why the form of this request was refused; null when it was not.</summary>
    public Refusal? Refusal
    {
        get;
        private set
        {
            field = value;
            Changed?.Invoke();
        }
    }

    /// <summary>A part of the page without parameters is not rendered with its page: it listens.</summary>
    public event Action? Changed;

    /// <summary>Runs a command. A refusal is kept to be shown; nothing is thrown for it.</summary>
    /// <param name="look">Reads again what the page shows: what was refused may be so because it has changed meanwhile, and people see how it stands now.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> DoAsync(Func<Task> command, Func<Task>? look = null)
    {
        if (await DoAsync(command)) { return true; }

        if (look is not null) { await look(); }

        return false;
    }

    private async Task<bool> DoAsync(Func<Task> command)
    {
        Refusal = null;
        try
        {
            await command();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException and not Microsoft.AspNetCore.Components.NavigationException)
        {
            Refusal = Refusal.Of(e);
            if (Refusal.Code.Status >= StatusCodes.Status500InternalServerError) { LogFailed(e, Refusal.Code.Code); }

            return false;
        }
    }

    /// <summary>What is wrong with a field, in the command's own names; null when nothing is.</summary>
    public string? Of(string field) =>
        Refusal?.Errors?.FirstOrDefault(error => string.Equals(error.Key, field, StringComparison.OrdinalIgnoreCase)) is { Value: { } messages } error
            ? string.Join(" ", messages.Select(message => WithoutName(message, error.Key))) : null;

    // The message names the command's field for programs; beside the field stands its label.
    private static string WithoutName(string message, string field) => message.StartsWith(field + " ", StringComparison.Ordinal) ? message[(field.Length + 1)..] : message;

    [LoggerMessage(Level = LogLevel.Error, Message = "A form failed with {Code}")]
    private partial void LogFailed(Exception exception, string code);
}
