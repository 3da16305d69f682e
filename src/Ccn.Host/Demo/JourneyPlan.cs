using Ccn.Domain.Lifecycle;

namespace Ccn.Host.Demo;

/// <summary>What a journey needs to know of the time it plays in.</summary>
/// <param name="TemplateId">Life-cycle template of the design and the challenge.</param>
/// <param name="NetworkAnswers">The network's suppliers take business days: in a rehearsal of minutes a supplier with a link answers first instead.</param>
/// <param name="WithReturns">Whether the month after is lived too.</param>
internal sealed record JourneyPlan(string TemplateId, bool NetworkAnswers, bool WithReturns)
{
    /// <summary>The life cycle that is published, on skipped time.</summary>
    public static JourneyPlan Published { get; } = new(StandardTemplates.OpenChallenge.TemplateId, NetworkAnswers: true, WithReturns: true);

    /// <summary>The same stages in seconds, in real time.</summary>
    public static JourneyPlan Rehearsal { get; } = new(StandardTemplates.Rehearsal.TemplateId, NetworkAnswers: false, WithReturns: true);
}
