using Ccn.Api.Problems;
using Ccn.Domain.Lifecycle;

namespace Ccn.Api.Lifecycle;

/// <summary>The published life-cycle templates.</summary>
public static class Templates
{
    public static IReadOnlyList<LifecycleTemplate> All { get; } = [StandardTemplates.OpenChallenge, StandardTemplates.Rehearsal];

    /// <summary>By id; the open challenge when none is named.</summary>
    public static LifecycleTemplate Get(string? templateId) => templateId is null
        ? StandardTemplates.OpenChallenge
        : All.FirstOrDefault(template => template.TemplateId == templateId) ?? throw new ProblemException(ProblemCode.TemplateUnknown, $"There is no life-cycle template '{templateId}'.");
}
