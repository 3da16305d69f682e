namespace Ccn.Workflows.Lifecycle;

/// <summary>What lists of workflows say of one, fixed at its start, so everybody who starts it says the same. Never personal data.</summary>
/// <remarks>A run that continues another has none, on every server: what it waits for is in its current details.</remarks>
/// <param name="Summary">One line, without markup.</param>
/// <param name="Details">Markdown: what it belongs to.</param>
public sealed record WorkflowLabel(string Summary, string Details);
