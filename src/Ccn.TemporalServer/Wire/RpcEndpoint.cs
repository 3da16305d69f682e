namespace Ccn.TemporalServer.Wire;

/// <summary>Stands for the whole server towards ASP.NET Core, which wants a service type; it holds nothing, the binders do the work.</summary>
internal sealed class RpcEndpoint;
