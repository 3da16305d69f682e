using System.Security.Cryptography;
using Ccn.Data.Files;

namespace Ccn.Activities.Tests.Designs.Media;

public sealed class FileStoreTests : IDisposable
{
    private readonly MediaFixture media = new();

    [Fact]
    public async Task A_saved_file_reads_back_byte_for_byte_under_its_hash()
    {
        var stored = await media.SaveAsync(Pictures.Artwork);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Pictures.Artwork)), stored.Sha256);
        Assert.Equal(Pictures.Artwork.Length, stored.Bytes);
        Assert.True(media.Files.Exists(stored.ObjectKey));
        Assert.Equal(Pictures.Artwork, media.Read(stored.ObjectKey));
    }

    [Fact]
    public async Task The_same_content_saved_by_many_at_once_is_one_file()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        var saved = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => media.SaveAsync(content))));
        Assert.Single(saved.Select(s => s.ObjectKey).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, media.StoredFiles());
        Assert.Equal(content, media.Read(saved[0].ObjectKey));
    }

    [Fact]
    public async Task Reading_stops_just_above_the_maximum_and_leaves_nothing()
    {
        var endless = new EndlessStream();
        var refusal = await Assert.ThrowsAsync<FileRefusedException>(() => media.Files.SaveAsync(endless, "image/png", 1_000_000, CancellationToken.None));
        Assert.Equal(FileRefusals.TooLarge, refusal.Code);
        Assert.InRange(endless.BytesRead, 1_000_001, 1_200_000);
        Assert.Equal(0, media.StoredFiles());
    }

    [Fact]
    public async Task A_file_of_exactly_the_maximum_is_accepted()
    {
        var stored = await media.Files.SaveAsync(new MemoryStream(new byte[1000]), "x/y", 1000, CancellationToken.None);
        Assert.Equal(1000, stored.Bytes);
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<FileRefusedException>(() => media.SaveAsync([]));
        Assert.Equal(FileRefusals.Empty, refusal.Code);
        Assert.Equal(0, media.StoredFiles());
    }

    [Fact]
    public async Task A_canceled_upload_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var stream = new EndlessStream { AfterBytes = (500_000, cancel.Cancel) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => media.Files.SaveAsync(stream, "x/y", long.MaxValue, cancel.Token));
        Assert.Equal(0, media.StoredFiles());
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public void Only_a_hash_is_a_key(string key)
    {
        Assert.False(media.Files.Exists(key));
        Assert.Throws<ArgumentException>(() => media.Files.OpenRead(key));
        Assert.Throws<ArgumentException>(() => media.Files.Delete(key));
    }

    [Fact]
    public void An_absent_file_is_not_found()
    {
        var key = new string('a', 64);
        Assert.False(media.Files.Exists(key));
        Assert.Throws<FileNotFoundException>(() => media.Files.OpenRead(key));
        Assert.False(media.Files.Delete(key));
    }

    [Fact]
    public async Task A_deleted_file_is_gone()
    {
        var stored = await media.SaveAsync([1, 2, 3]);
        Assert.True(media.Files.Delete(stored.ObjectKey));
        Assert.False(media.Files.Exists(stored.ObjectKey));
    }

    [Fact]
    public void Abandoned_uploads_are_removed_by_age()
    {
        var (old, recent) = (Path.Combine(media.Root, "incoming", "old"), Path.Combine(media.Root, "incoming", "recent"));
        File.WriteAllText(old, "x");
        File.WriteAllText(recent, "x");
        var now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(old, now.AddDays(-2).UtcDateTime);
        File.SetLastWriteTimeUtc(recent, now.UtcDateTime);
        Assert.Equal(1, media.Files.DeleteAbandonedUploads(now.AddDays(-1)));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(recent));
    }

    [Fact]
    public void The_root_must_be_absolute() =>
        Assert.Throws<ArgumentException>(() => new FileStore(new FileStoreOptions { Root = "files" }));

    public void Dispose() => media.Dispose();

    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public (long Bytes, Action Do)? AfterBytes { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = Math.Min(count, 50_000);
            BytesRead += count;
            if (BytesRead > AfterBytes?.Bytes)
            {
                AfterBytes.Value.Do();
            }

            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
