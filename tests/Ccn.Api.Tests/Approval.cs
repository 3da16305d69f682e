namespace Ccn.Api.Tests;

/// <summary>Compares with a committed file. When they differ, what was received lies beside the tests as <c>…received.txt</c>: looked at by a person, it becomes the new approved file.</summary>
internal static class Approval
{
    public static void Verify(string name, IEnumerable<string> lines)
    {
        var received = lines.ToList();
        var file = Path.Combine(AppContext.BaseDirectory, "Approved", name + ".txt");
        var approved = File.Exists(file) ? File.ReadAllLines(file).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList() : [];
        if (received.SequenceEqual(approved, StringComparer.Ordinal)) { return; }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Approved", name + ".received.txt"), received);
        Assert.Fail($"{name} differs from the approved file.\nNew: {string.Join("\n     ", received.Except(approved, StringComparer.Ordinal))}\nGone: {string.Join("\n      ", approved.Except(received, StringComparer.Ordinal))}");
    }
}
