using Ccn.Data.Files;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Designs;

namespace Ccn.Activities.Tests.Designs;

public sealed class DesignScreeningTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("A PÓKEMON mug", true)]
    [InlineData("Inspired by Star-Wars", true)]
    [InlineData("Scunthorpe heroines with a nikelodeon", false)]
    public async Task Banned_words_hold_a_design_as_whole_words_only(string title, bool hold) =>
        Assert.Equal(hold, (await ScreenAsync(world.NewId("usr"), title, null)).Hold);

    [Fact]
    public async Task A_near_copy_of_another_creators_design_is_held_and_ones_own_is_not()
    {
        var (creator, design) = (world.NewId("usr"), world.NewId("dsg"));
        await world.AppendAsync(design, new DesignSubmitted(creator, "Cat", "", "mugs", [], "key", "cat.png", "image/png", 1, "hash", "1", "t", 1), new DesignMediaReady(10, 10, [], "ff00ff00ff00ff00", "#ffffff"));
        var copy = await ScreenAsync(world.NewId("usr"), "Dog", "ff00ff00ff00ff3f");   // six bits differ
        Assert.True(copy.Hold);
        Assert.Contains(design, copy.Reason, StringComparison.Ordinal);
        Assert.False((await ScreenAsync(world.NewId("usr"), "Dog", "ff00ff00ff00ff7f")).Hold);   // seven
        Assert.False((await ScreenAsync(creator, "Dog", "ff00ff00ff00ff00")).Hold);
        Assert.False((await ScreenAsync(world.NewId("usr"), "Dog", "0000000000000000")).Hold);
    }

    [Fact]
    public async Task Media_is_processed_to_the_same_keys_again_and_a_text_file_is_refused_as_an_answer()
    {
        var picture = await StoreAsync(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Files", "art_sway_wallpaper_2048.png")));
        var media = (await world.TwiceAsync<IDesignActivities, MediaResult>(a => a.ProcessMediaAsync(new("dsg_1", new(picture, "a.png", "image/png", 1, picture))))).Media!;
        Assert.NotEmpty(media.Variants);
        Assert.Matches("^[0-9a-f]{16}$", media.PerceptualHash);

        var text = await StoreAsync("no picture at all"u8.ToArray());
        var refused = await world.TwiceAsync<IDesignActivities, MediaResult>(a => a.ProcessMediaAsync(new("dsg_2", new(text, "a.png", "image/png", 1, text))));
        Assert.Null(refused.Media);
        Assert.Equal(FileRefusals.NotAnImage, refused.RefusalCode);
    }

    private Task<string> StoreAsync(byte[] content) => world.RunAsync<FileStore, string>(async store => (await store.SaveAsync(new MemoryStream(content), "image/png", 50_000_000, default)).ObjectKey);

    private Task<ScreeningResult> ScreenAsync(string creator, string title, string? hash) =>
        world.RunAsync<IDesignActivities, ScreeningResult>(a => a.ScreenAsync(new(world.NewId("dsg"), creator, title, "A mug.", ["cats"], hash)));
}
