namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Marks the method that plays the scenario of a recording.</summary>
/// <param name="name">The recording: <c>Golden/histories/NAME.json</c> and its parts <c>NAME.PART.json</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordingAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>What 1.29 does otherwise; the scenario is then not played against it.</summary>
    public string? DiffersBefore132 { get; init; }

    /// <summary>What a server of many threads may do in another order; the scenario is then not played against a real one.</summary>
    public string? ByChance { get; init; }

    /// <summary>True for a scenario of more than 15 s, which is played only when asked for (<c>CCN_CONFORMANCE_SLOW=1</c>).</summary>
    public bool Slow { get; init; }
}
