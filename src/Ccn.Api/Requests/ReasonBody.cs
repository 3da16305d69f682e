namespace Ccn.Api.Requests;

/// <summary>Why somebody does this; shown to the people it concerns.</summary>
public sealed record ReasonBody(string Reason);
