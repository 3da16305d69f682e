using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ccn.Activities.Notifications;
using Ccn.Data.Notifications;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Tests.Notifications;

/// <summary>Notices of real events through the sandbox's SMTP server and push service.</summary>
public sealed class NoticeActivitiesTests(World world) : IClassFixture<World>
{
    private static readonly StageEntered Won = new(DesignStage.Won, Party.None, null, null, null, null);

    [Fact]
    public async Task What_is_important_comes_by_email_once_however_often_it_is_delivered()
    {
        var (creator, address) = await CreatorAsync("Ada");
        var designId = await TellAsync(creator, "Cat <b>mug</b>", Won);
        await DeliverAsync();
        await DeliverAsync();

        var mail = Assert.Single(await MailAsync(address));
        Assert.Equal("Cat <b>mug</b>: The design won its contest and goes to the sellers' bids by itself.", (string?)mail["subject"]);
        Assert.Contains($"https://ccn.example/designs/{designId}", (string)mail["text"]!, StringComparison.Ordinal);
        Assert.Contains("Cat &lt;b&gt;mug&lt;/b&gt;", (string)mail["html"]!, StringComparison.Ordinal);
        Assert.EndsWith("@ccn.example", (string)mail["messageId"]!, StringComparison.Ordinal);
        Assert.NotNull((await DeliveriesAsync(creator)).Single().SentAt);
    }

    [Theory]
    [InlineData(NoticeLevel.None, 0)]
    [InlineData(NoticeLevel.Important, 1)]
    [InlineData(NoticeLevel.All, 2)]
    public async Task People_choose_what_comes_by_email(NoticeLevel level, int expected)
    {
        var (creator, address) = await CreatorAsync("Bea");
        await world.SaveAsync(new NoticeSettings { UserId = creator, Email = level });
        await TellAsync(creator, "Mug", Won, new BadgeAwarded(creator, "contest-winner", "ctt_1"));
        await DeliverAsync();
        Assert.Equal(expected, (await MailAsync(address)).Count);
        Assert.Equal(2, await world.ReadAsync(db => db.Notices.CountAsync(notice => notice.UserId == creator)));
    }

    [Fact]
    public async Task A_receiver_that_does_not_exist_is_given_up_and_holds_up_nobody()
    {
        var (lost, _) = await CreatorAsync("Refused");
        var (next, address) = await CreatorAsync("Cleo");
        await TellAsync(lost, "First", Won);
        await TellAsync(next, "Second", Won);
        var delivered = await DeliverAsync();
        Assert.Equal((1, 1, false), (delivered.Sent, delivered.Refused, delivered.More));
        Assert.Contains("550", (await DeliveriesAsync(lost)).Single().Failure, StringComparison.Ordinal);
        Assert.Single(await MailAsync(address));
    }

    [Fact]
    public async Task What_is_not_taken_for_now_comes_later_and_holds_up_nobody()
    {
        var (first, firstAddress) = await CreatorAsync("Dora");
        var (second, secondAddress) = await CreatorAsync("Dan");
        await TellAsync(first, "Mug", Won);
        await world.AdvanceAsync(TimeSpan.FromSeconds(1));   // the oldest goes first
        await TellAsync(second, "Cup", Won);
        await world.ControlAsync("faults", new { provider = "mail", kind = "error" });   // one message
        var delivered = await DeliverAsync();
        Assert.Equal((1, 0, world.Time.GetUtcNow() + TimeSpan.FromMinutes(1)), (delivered.Sent, delivered.Refused, delivered.NextAttemptAt));
        Assert.Equal((0, 1), ((await MailAsync(firstAddress)).Count, (await MailAsync(secondAddress)).Count));

        Assert.Equal(0, (await DeliverAsync()).Sent);   // not before its time
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Null((await DeliverAsync()).NextAttemptAt);
        Assert.Single(await MailAsync(firstAddress));
    }

    [Fact]
    public async Task A_mail_server_that_is_gone_is_asked_once_ever_more_rarely_and_given_up_after_two_days()
    {
        var (one, _) = await CreatorAsync("Gil");
        var (other, _) = await CreatorAsync("Gus");
        await TellAsync(one, "Mug", Won);
        await TellAsync(other, "Cup", Won);
        using var nobody = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((System.Net.IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var gone = Microsoft.Extensions.Options.Options.Create(new Providers.Mail.MailOptions { Host = "127.0.0.1", Port = port, Security = MailKit.Security.SecureSocketOptions.None, From = "notices@ccn.example" });

        var pauses = new List<TimeSpan>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var next = (await world.RunWithAsync<NoticeActivities, NoticesDelivered>(a => a.DeliverAsync(), gone)).NextAttemptAt!.Value;
            pauses.Add(next - world.Time.GetUtcNow());
            await world.AdvanceAsync(pauses[^1]);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses.Select(pause => pause.TotalMinutes));
        await world.AdvanceAsync(TimeSpan.FromDays(2));
        var given = await world.RunWithAsync<NoticeActivities, NoticesDelivered>(a => a.DeliverAsync(), gone);
        Assert.Equal((0, 2, null), (given.Sent, given.Refused, given.NextAttemptAt));
    }

    [Fact]
    public async Task A_push_service_that_does_not_answer_holds_up_no_mail()
    {
        var (creator, address) = await CreatorAsync("Hal");
        await SubscribeAsync(creator, "busy-hal");
        await TellAsync(creator, "Mug", Won);
        var delivered = await DeliverAsync();
        Assert.Equal((1, 0), (delivered.Sent, delivered.Refused));
        Assert.Single(await MailAsync(address));
        Assert.Equal(1, (await DeliveriesAsync(creator)).Single(delivery => delivery.Channel is NoticeChannel.Push).Attempts);
        await world.ReadAsync(db => db.PushSubscriptions.Where(browser => browser.UserId == creator).ExecuteDeleteAsync());
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await DeliverAsync()).Refused);   // nobody is subscribed any more
    }

    [Fact]
    public async Task A_subscribed_browser_gets_it_encrypted_and_one_that_has_ended_is_forgotten()
    {
        var (creator, _) = await CreatorAsync("Eve");
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var secret = RandomNumberGenerator.GetBytes(16);
        var point = Point(browser);
        foreach (var name in new[] { "live-eve", "gone-eve" }) { await SubscribeAsync(creator, name, point, secret); }

        var designId = await TellAsync(creator, "Mug", Won);
        await DeliverAsync();
        var pushed = Assert.Single((await world.Sandbox.GetFromJsonAsync<JsonArray>("_control/push/live-eve"))!)!;
        var notice = JsonNode.Parse(Decrypt(Convert.FromBase64String((string)pushed["body"]!), browser, point, secret))!;
        Assert.Equal(("Mug", $"/designs/{designId}"), ((string)notice["title"]!, (string)notice["url"]!));
        Assert.EndsWith("/push/live-eve", Assert.Single(await world.ReadAsync(db => db.PushSubscriptions.Where(one => one.UserId == creator).ToListAsync())).Endpoint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_has_to_be_delivered_wakes_the_delivery_also_when_the_first_attempt_died_before_it_could()
    {
        var (creator, _) = await CreatorAsync("Fay");
        var designId = await DesignAsync(creator, "Mug");
        BusinessEvent won = new($"design/{designId}:won", designId, "DesignLifecycle", world.Time.GetUtcNow(), null, Won);
        await world.ReadAsync(db => Data.Lifecycle.EventStore.AppendAsync(db, [won]));   // committed, and its worker died
        await world.RunAsync<IBusinessEventActivities>(a => a.AppendAsync([won]));
        Assert.Contains((await world.Temporal.GetWorkflowHandle(NoticeDeliveryWorkflow.Id).FetchHistoryAsync()).Events, fact => fact.WorkflowExecutionSignaledEventAttributes?.SignalName == "due");
        await DeliverAsync();   // leaves nothing to the other tests
    }

    private async Task<(string Id, string Address)> CreatorAsync(string name)
    {
        var id = await world.AddUserAsync(name);
        return (id, (await world.ReadAsync(db => db.Users.SingleAsync(user => user.Id == id))).Email!);
    }

    private async Task<string> DesignAsync(string creatorId, string title)
    {
        var designId = world.NewId("dsg");
        await world.AppendAsync(designId, new DesignSubmitted(creatorId, title, "A mug.", "home", [], "fil_1", "mug.png", "image/png", 1_000, new string('a', 64), "2026-11", StandardTemplates.OpenChallenge.TemplateId, 1));
        return designId;
    }

    private async Task<string> TellAsync(string creatorId, string title, params EventData[] facts)
    {
        var designId = await DesignAsync(creatorId, title);
        await world.AppendAsync(designId, facts);
        return designId;
    }

    private async Task SubscribeAsync(string userId, string name, byte[]? point = null, byte[]? secret = null)
    {
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        await world.SaveAsync(new PushSubscription
        {
            Endpoint = $"{world.SandboxUrl}push/{name}", UserId = userId, P256dh = Encode(point ?? Point(browser)), Auth = Encode(secret ?? RandomNumberGenerator.GetBytes(16)), CreatedAt = world.Time.GetUtcNow(),
        });
    }

    private Task<NoticesDelivered> DeliverAsync() => world.RunAsync<INoticeActivities, NoticesDelivered>(a => a.DeliverAsync());

    private async Task<IReadOnlyList<JsonNode>> MailAsync(string address) => [.. (await world.Sandbox.GetFromJsonAsync<JsonArray>($"_control/mail?to={Uri.EscapeDataString(address)}"))!.Select(mail => mail!)];

    private Task<List<NoticeDelivery>> DeliveriesAsync(string userId) => world.ReadAsync(db => db.NoticeDeliveries.Where(delivery => delivery.UserId == userId).ToListAsync());

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Point(ECDiffieHellman key)
    {
        var q = key.ExportParameters(false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    /// <summary>RFC 8291 and RFC 8188 from the browser's side: the header (salt, record size, sender's key), then one record of AES-128-GCM.</summary>
    private static string Decrypt(byte[] body, ECDiffieHellman browser, byte[] point, byte[] secret)
    {
        var (salt, sender, record) = (body[..16], body[21..86], body[86..]);
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
        var shared = browser.DeriveRawSecretAgreement(other.PublicKey);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, [.. "WebPush: info\0"u8, .. point, .. sender]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
        var plain = new byte[record.Length - 16];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(nonce, record[..^16], record[^16..], plain);
        return Encoding.UTF8.GetString(plain.AsSpan(0, Array.LastIndexOf(plain, (byte)2)));
    }
}
