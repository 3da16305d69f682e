namespace Ccn.Web;

/// <summary>What the start page shows of the process it runs in. Filled by the all-in-one host; empty where the site runs by itself.</summary>
public sealed class RunningParts
{
    private readonly Lock gate = new();
    private List<RunningPart> parts = [];
    private List<DemoAccount> accounts = [];
    private List<PartLink> links = [];

    public IReadOnlyList<RunningPart> Parts { get { lock (gate) { return parts; } } }

    public IReadOnlyList<DemoAccount> Accounts { get { lock (gate) { return accounts; } } }

    public IReadOnlyList<PartLink> Links { get { lock (gate) { return links; } } }

    /// <summary>Adds a part, or says how it is now.</summary>
    public void Report(RunningPart part)
    {
        lock (gate)
        {
            var at = parts.FindIndex(known => known.Name == part.Name);
            parts = at < 0 ? [.. parts, part] : [.. parts[..at], part, .. parts[(at + 1)..]];
        }
    }

    public void Show(IReadOnlyList<DemoAccount> demoAccounts, IReadOnlyList<PartLink> partLinks)
    {
        lock (gate)
        {
            accounts = [.. demoAccounts];
            links = [.. partLinks];
        }
    }
}

/// <param name="Progress">0 to 1 while it works; null when it is ready.</param>
public sealed record RunningPart(string Name, string Note, double? Progress);
public sealed record DemoAccount(string Role, string Email, string Password, string What);
public sealed record PartLink(string Title, string Url, string What);
