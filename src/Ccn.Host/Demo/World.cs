namespace Ccn.Host.Demo;

/// <summary>Where stories play: the site, the people of CCN, the people outside, and the time they all share.</summary>
/// <param name="SiteUrl">Address of the site, without a slash at the end.</param>
/// <param name="Seed">Makes the ids of one installation's stories its own.</param>
internal sealed record World(string SiteUrl, string Seed, IStoryTime Time, Cast Cast, OutsideWorld Outside);
