namespace Ccn.Domain.Lifecycle;

/// <summary>Whose turn it is while a workflow waits.</summary>
public enum Party { None, Creator, Community, Seller, Supplier, Finance, Moderator, Provider, Operator }
