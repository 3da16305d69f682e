using System.Net;
using System.Net.Sockets;
using System.Text;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class DesignTests(ApiFixture api)
{
    [Fact]
    public async Task A_submitted_design_is_published_and_shown_with_its_timeline_and_media()
    {
        using var creator = await api.SignUpAsync("creator");
        var designId = await creator.PublishDesignAsync("A lamp of brass");
        using var visitor = new HttpClient { BaseAddress = api.Address };
        var shown = (await Answer.OfAsync(await visitor.GetAsync($"/v1/designs/{designId}"))).Is(HttpStatusCode.OK);
        Assert.Equal("A lamp of brass", shown.Text("design", "title"));
        Assert.Equal("open-challenge", shown.Text("templateId"));
        Assert.NotEmpty((await Answer.OfAsync(await visitor.GetAsync($"/v1/designs/{designId}/timeline"))).Is(HttpStatusCode.OK).Json.EnumerateArray());
        using var media = await visitor.GetAsync($"/v1/media/{designId}/320");
        Assert.Equal("image/webp", media.Content.Headers.ContentType?.MediaType);
        Assert.Contains(designId, (await creator.GetAsync("/v1/designs?q=brass&mine=true&tag=test&category=tests&stage=Published")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await creator.GetAsync($"/v1/designs/{designId}/status")).Is(HttpStatusCode.OK);
        Assert.Equal(1, (await creator.GetAsync($"/v1/creators/{creator.Id}")).Is(HttpStatusCode.OK).Json.GetProperty("designs").GetInt32());
    }

    [Fact]
    public async Task The_original_comes_back_byte_for_byte()
    {
        using var creator = await api.SignUpAsync("creator");
        var designId = await creator.PublishDesignAsync();
        var original = await creator.GetAsync($"/v1/designs/{designId}/original");
        original.Is(HttpStatusCode.OK);
        Assert.Equal((await creator.GetAsync($"/v1/designs/{designId}")).Text("sha256"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Pictures.Png(400, 400))));
    }

    [Fact]
    public async Task Several_pictures_and_a_model_are_on_record_each_with_its_hash()
    {
        using var creator = await api.SignUpAsync("creator");
        var model = Pictures.Glb();
        var keys = new List<string>();
        foreach (var (content, name, type) in new[] { (Pictures.Png(400, 400), "a.png", "image/png"), (Pictures.Png(500, 400), "b.png", "image/png"), (Pictures.Png(400, 500), "c.png", "image/png"), (model, "lamp.glb", "model/gltf-binary") })
        {
            keys.Add((await creator.UploadAsync(content, name, type)).Is(HttpStatusCode.Created).Text("fileKey"));
        }

        object Body(int modelKey) => new
        {
            title = "Of three sides", description = "Made by a test.", category = "tests", fileKey = keys[0], fileName = "a.png", termsVersion = Ccn.Api.Designs.DesignCommands.CurrentTerms,
            morePictures = new[] { new { fileKey = keys[1], fileName = "b.png" }, new { fileKey = keys[2], fileName = "c.png" } }, model = new { fileKey = keys[modelKey], fileName = "lamp.glb" },
        };
        var designId = Ids.New(Ids.Design, api.Now);
        (await creator.PutAsync($"/v1/designs/{designId}", Body(1))).Refused(HttpStatusCode.BadRequest, "file.type_mismatch");
        (await creator.PutAsync($"/v1/designs/{designId}", Body(3))).Is(HttpStatusCode.Accepted);
        await creator.ReachesAsync(designId, DesignStage.Published);

        var files = (await creator.GetAsync($"/v1/designs/{designId}")).Json.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("fileName").GetString(), file.GetProperty("sha256").GetString())).ToList();
        Assert.Equal(["a.png", "b.png", "c.png", "lamp.glb"], files.Select(file => file.Item1));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(model)), files[3].Item2);
        using var visitor = new HttpClient { BaseAddress = api.Address };
        Assert.Equal(model, await visitor.GetByteArrayAsync($"/v1/designs/{designId}/model"));
        Assert.Equal(Pictures.Png(400, 500), await visitor.GetByteArrayAsync($"/v1/media/{designId}/800/3"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/v1/media/{designId}/800/4")).StatusCode);
        Assert.Empty((await Answer.OfAsync(await visitor.GetAsync($"/v1/designs/{designId}"))).Json.GetProperty("files").EnumerateArray());
        (await creator.GetAsync($"/v1/designs/{designId}/original?number=4")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_model_that_refers_to_other_addresses_is_refused()
    {
        using var creator = await api.SignUpAsync("creator");
        (await creator.UploadAsync(Pictures.Glb("https://elsewhere.example/lamp.bin"), "lamp.glb", "model/gltf-binary")).Refused(HttpStatusCode.BadRequest, "model.external_reference");
    }

    [Fact]
    public async Task The_same_submission_again_gets_the_same_receipt_and_another_one_is_refused()
    {
        using var creator = await api.SignUpAsync("creator");
        var (designId, body) = await creator.SubmitDesignAsync();
        var first = (await creator.PutAsync($"/v1/designs/{designId}", body)).Is(HttpStatusCode.Accepted);
        var second = (await creator.PutAsync($"/v1/designs/{designId}", body)).Is(HttpStatusCode.Accepted);
        Assert.Equal(first.Body, second.Body);

        var other = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        other["title"] = "Another title";
        (await creator.PutAsync($"/v1/designs/{designId}", other)).Refused(HttpStatusCode.Conflict, "request.duplicate");
        using var thief = await api.SignUpAsync("creator");
        (await thief.PutAsync($"/v1/designs/{designId}", body)).Refused(HttpStatusCode.BadRequest, "file.unknown");
    }

    [Fact]
    public async Task A_held_design_is_hidden_until_a_moderator_publishes_it()
    {
        using var creator = await api.SignUpAsync("creator");
        using var stranger = await api.SignUpAsync("creator");
        using var moderator = await api.SignUpAsync("moderator");
        var (designId, _) = await creator.SubmitDesignAsync("A doubtful thing");
        await creator.ReachesAsync(designId, DesignStage.Held);
        (await stranger.GetAsync($"/v1/designs/{designId}")).Refused(HttpStatusCode.NotFound, "not_found");
        (await stranger.GetAsync($"/v1/designs/{designId}/timeline")).Refused(HttpStatusCode.NotFound, "not_found");
        (await stranger.GetAsync($"/v1/media/{designId}/320")).Refused(HttpStatusCode.NotFound, "not_found");
        (await creator.GetAsync($"/v1/designs/{designId}")).Is(HttpStatusCode.OK);
        Assert.Contains(designId, (await moderator.GetAsync("/v1/moderation")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await moderator.PostAsync($"/v1/designs/{designId}/moderation", new { publish = true, reason = "It is fine." })).Is(HttpStatusCode.NoContent);
        await creator.ReachesAsync(designId, DesignStage.Published);
        (await stranger.GetAsync($"/v1/designs/{designId}")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stranger_decides_nothing_about_a_design()
    {
        using var creator = await api.SignUpAsync("creator");
        using var stranger = await api.SignUpAsync("creator");
        var designId = await creator.PublishDesignAsync();
        foreach (var (path, body) in new (string, object?)[] { ("bidding", null), ("withdrawal", new { reason = "r" }), ("contest-entry", new { contestId = Ids.New(Ids.Contest, api.Now) }), ("bids/decline-all", null), ($"bids/{Ids.New(Ids.Bid, api.Now)}/acceptance", null) })
        {
            (await stranger.PostAsync($"/v1/designs/{designId}/{path}", body)).Refused(HttpStatusCode.NotFound, "not_found");
        }

        (await stranger.GetAsync($"/v1/designs/{designId}/original")).Refused(HttpStatusCode.NotFound, "not_found");
        (await creator.PostAsync($"/v1/designs/{designId}/withdrawal", new { reason = "Mine again." })).Is(HttpStatusCode.NoContent);
        (await creator.PostAsync($"/v1/designs/{designId}/withdrawal", new { reason = "Once more." })).Refused(HttpStatusCode.Conflict, "state.conflict");
    }

    [Fact]
    public async Task Files_that_are_not_what_they_say_are_refused()
    {
        using var creator = await api.SignUpAsync("creator");
        var png = Pictures.Png(400, 400);
        (await creator.UploadAsync([], "a.png", "image/png")).Refused(HttpStatusCode.BadRequest, "file.empty");
        (await creator.UploadAsync(Encoding.UTF8.GetBytes("<html>not a picture, whatever it is called</html>"), "a.png", "image/png")).Refused(HttpStatusCode.BadRequest, "file.not_an_image");
        (await creator.UploadAsync(png, "a.jpg", "image/jpeg")).Refused(HttpStatusCode.BadRequest, "file.type_mismatch");
        (await creator.UploadAsync(png, "a.jpg", "image/png")).Refused(HttpStatusCode.BadRequest, "file.type_mismatch");
        (await creator.UploadAsync(Pictures.Png(200, 200), "a.png", "image/png")).Refused(HttpStatusCode.BadRequest, "image.too_small");
        (await creator.UploadAsync(png[..60], "a.png", "image/png")).Refused(HttpStatusCode.BadRequest, "image.unreadable");
        (await creator.SendAsync(HttpMethod.Post, "/v1/uploads", new { file = "x" })).Refused(HttpStatusCode.UnsupportedMediaType, "media_type.unsupported");
        (await creator.SendAsync(HttpMethod.Post, "/v1/uploads", new MultipartFormDataContent { { new StringContent("x"), "other" } })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_small_file_of_280_million_pixels_is_refused()
    {
        using var creator = await api.SignUpAsync("creator");
        var bomb = Pictures.Png(20_000, 14_000);
        Assert.True(bomb.Length < 1_000_000);
        (await creator.UploadAsync(bomb, "a.png", "image/png")).Refused(HttpStatusCode.BadRequest, "image.too_many_pixels");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read()
    {
        using var creator = await api.SignUpAsync("creator");
        (await creator.GetAsync("/v1/me")).Is(HttpStatusCode.OK);
        using var connection = new TcpClient();
        await connection.ConnectAsync(api.Address.Host, api.Address.Port);
        await using var stream = connection.GetStream();

        // Only the head is sent: whoever answers has not read the body.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/uploads HTTP/1.1\r\nHost: ccn\r\nAuthorization: Bearer {creator.Token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 70000000\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Contains("413", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_design_names_only_files_of_its_own_creator()
    {
        using var creator = await api.SignUpAsync("creator");
        var body = new { title = "t", description = "d", category = "c", fileKey = new string('a', 64), fileName = "f.png", termsVersion = Designs.DesignCommands.CurrentTerms };
        (await creator.PutAsync($"/v1/designs/{Ids.New(Ids.Design, api.Now)}", body)).Refused(HttpStatusCode.BadRequest, "file.unknown");
        (await creator.PutAsync($"/v1/designs/{Ids.New(Ids.Design, api.Now)}", new { body.title, body.description, body.category, body.fileKey, body.fileName, termsVersion = "1999-01" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    // Case c067: rows of one transaction have one instant; milliseconds in a cursor lost or repeated rows.
    [Fact]
    public async Task Pages_over_equal_and_nearly_equal_instants_show_each_design_once()
    {
        var category = "paging-" + Guid.NewGuid().ToString("N");
        var equal = api.Now;
        await api.RecordAsync([.. Enumerable.Range(0, 25).SelectMany(_ => Design(category, equal))]);
        await api.RecordAsync([.. Enumerable.Range(1, 25).SelectMany(n => Design(category, equal.AddTicks(n * TimeSpan.TicksPerMillisecond / 10)))]);
        using var visitor = await api.SignUpAsync();
        var (seen, sizes, cursor) = (new List<string>(), new List<int>(), "");
        do
        {
            var page = (await visitor.GetAsync($"/v1/designs?category={category}&limit=10&cursor={cursor}")).Is(HttpStatusCode.OK);
            var ids = page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("designId").GetString()!).ToList();
            (sizes, cursor) = ([.. sizes, ids.Count], page.Json.GetProperty("next").GetString());
            seen.AddRange(ids);

            // A newer row between two pages moves nothing.
            await api.RecordAsync([.. Design(category, equal.AddSeconds(seen.Count))]);
        }
        while (cursor is not null);

        Assert.Equal([10, 10, 10, 10, 10], sizes);
        Assert.Equal(50, seen.Distinct(StringComparer.Ordinal).Count());
    }

    private static IEnumerable<BusinessEvent> Design(string category, DateTimeOffset at)
    {
        var id = Ids.New(Ids.Design, at);
        yield return new($"design/{id}:submitted", id, $"design/{id}", at, "usr_paging", new DesignSubmitted("usr_paging", "T", "D", category, [], "key", "f.png", "image/png", 1, "hash", "2026-11", "open-challenge", 1));
        yield return new($"design/{id}:published", id, $"design/{id}", at, null, new DesignPublished());
        yield return new($"design/{id}:stage", id, $"design/{id}", at, null, new StageEntered(DesignStage.Published, Party.Creator, null, null, null, null));
    }
}
