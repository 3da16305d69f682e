namespace Ccn.Data;

/// <summary>Marks a row that only the projector writes and <see cref="Lifecycle.ProjectionRebuilder"/> may delete and write again.</summary>
internal interface IProjectionRow;
