using System.Globalization;
using MimeKit;

namespace Ccn.Sandbox.Mail;

/// <summary>A message as the server took it.</summary>
/// <param name="Id">Instant of receipt and number: sorts by age.</param>
internal sealed record ReceivedMail(string Id, DateTimeOffset ReceivedAt, IReadOnlyList<string> Receivers, MimeMessage Message);

/// <summary>All mail that was ever sent to the sandbox, whoever it is for: nothing leaves this machine. Kept as files beside the snapshot, when there is one.</summary>
internal sealed class Mailbox
{
    /// <summary>Header that keeps the envelope's receivers in the file.</summary>
    private const string Receivers = "X-Sandbox-Receivers";

    private readonly Lock gate = new();
    private readonly List<ReceivedMail> all = [];
    private readonly string? folder;
    private readonly TimeProvider clock;

    public Mailbox(SandboxOptions options)
    {
        clock = options.Clock;
        if (options.StatePath is null) { return; }

        folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.StatePath))!, "mail");
        Directory.CreateDirectory(folder);
        all.AddRange(Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(Load));
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ReceivedMail> All
    {
        get
        {
            lock (gate) { return [.. all.AsEnumerable().Reverse()]; }
        }
    }

    public ReceivedMail? Find(string id)
    {
        lock (gate) { return all.Find(mail => mail.Id == id); }
    }

    public void Add(MimeMessage message, IReadOnlyList<string> receivers)
    {
        var now = clock.GetUtcNow();
        message.Headers.Replace(Receivers, string.Join(' ', receivers));
        lock (gate)
        {
            var mail = new ReceivedMail(string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds():D14}-{all.Count + 1:D6}"), now, receivers, message);
            if (folder is not null)
            {
                // Written whole before it is named, so that a start never reads half a message.
                var path = Path.Combine(folder, mail.Id + ".eml");
                message.WriteTo(path + ".new");
                File.Move(path + ".new", path);
            }

            all.Add(mail);
        }
    }

    private static ReceivedMail Load(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        var message = MimeMessage.Load(path);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(0, 14), CultureInfo.InvariantCulture));
        return new(id, at, (message.Headers[Receivers] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), message);
    }
}
