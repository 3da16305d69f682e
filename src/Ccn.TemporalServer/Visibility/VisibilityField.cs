using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>A search attribute that a query names.</summary>
/// <param name="Name">Name as written in queries.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="IsColumn">True for what every run has by itself; false for what stands in its search attributes.</param>
internal sealed record VisibilityField(string Name, IndexedValueType Type, bool IsColumn);
