using System.Text;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Logs;

public sealed class ArchiveTests
{
    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(5000));

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void An_archive_of_several_parts_is_read_whole(string kind)
    {
        byte[] archive = [.. SomeArchive.Of(kind, Log), .. SomeArchive.Of(kind, []), .. SomeArchive.Of(kind, Log)];

        var (content, broken) = Read(archive);

        Assert.Equal<byte>([.. Log, .. Log], content);
        Assert.Null(broken);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    [InlineData("zstd-checked")]
    public void A_connection_that_breaks_behind_an_archive_is_told(string kind)
    {
        var content = new List<byte>();
        using var reader = new LogBlockReader(Archive.Open(new BreakingStream(SomeArchive.Of(kind, Log)), out _), LogBlockReader.DefaultBlockSize);
        while (reader.Next() is { } block)
        {
            using (block)
                content.AddRange(block.Bytes);
        }

        Assert.Equal(Log, content.ToArray());
        Assert.Equal($"it cannot be read on: {BreakingStream.Complaint}", reader.Break!.Message);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("zstd-checked")]
    public void Who_asks_a_broken_connection_again_gets_nothing_twice(string kind)
    {
        var archive = Archive.Open(new BreakingStream(SomeArchive.Of(kind, Log)), out _);
        var content = new List<byte>();
        var buffer = new byte[1 << 20];
        for (var attempt = 0; attempt < 50; attempt++)
        {
            try
            {
                content.AddRange(buffer.AsSpan(0, archive.Read(buffer)));
            }
            catch (IOException)
            {
                // And asked again it has no more to give.
            }
        }

        Assert.Equal(Log, content.ToArray());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void An_archive_that_is_cut_anywhere_is_noticed_and_read_up_to_there(string kind)
    {
        var archive = SomeArchive.Of(kind, Log);
        for (var length = 8; length < archive.Length; length += 1 + (archive.Length / 97))
        {
            var (content, broken) = Read(archive[..length]);

            Assert.Equal($"the {kind} archive is truncated", broken);
            Assert.Equal(Log[..content.Length], content);
        }
    }

    [Fact]
    public void Reading_gzip_takes_no_memory_for_each_read()
    {
        using var reader = new GzipReader(new MemoryStream(SomeArchive.Of("gzip", new byte[20 << 20])));
        var buffer = new byte[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();

        long length = 0;
        while (reader.Read(buffer.AsSpan()) is var count and > 0)
            length += count;

        Assert.Equal(20 << 20, length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void What_is_readable_of_a_cut_gzip_archive_is_read()
    {
        var archive = SomeArchive.Of("gzip", Log);

        var (content, _) = Read(archive[..^9]);

        Assert.InRange(content.Length, Log.Length - 600, Log.Length);
        Assert.Equal(Log, Read(archive[..^5]).Content);
    }

    [Theory]
    [InlineData(-8, "the gzip archive is corrupt: its checksum does not fit its content")]
    [InlineData(-1, "the gzip archive is corrupt: its size does not fit its content")]
    public void A_gzip_archive_whose_sums_are_wrong_is_noticed(int position, string message)
    {
        var archive = SomeArchive.Of("gzip", Log);
        archive[archive.Length + position] ^= 1;

        Assert.Equal(message, Read(archive).Broken);
    }

    [Fact]
    public void Bytes_behind_a_gzip_archive_are_noticed_but_for_padding()
    {
        var archive = SomeArchive.Of("gzip", Log);

        Assert.Equal("the gzip archive is followed by something else", Read([.. archive, .. "more"u8]).Broken);
        Assert.Equal("the gzip archive is truncated", Read([.. archive, .. archive.AsSpan(0, 5)]).Broken);
        Assert.Null(Read([.. archive, .. new byte[100_000]]).Broken);
    }

    [Fact]
    public void A_gzip_header_may_hold_a_name_a_comment_and_more()
    {
        var archive = SomeArchive.Of("gzip", "text"u8.ToArray());
        archive[3] = 2 | 4 | 8 | 16;
        byte[] header = [.. archive[..10], 3, 0, 1, 2, 3, .. "name\0comment\0"u8, 9, 9];

        Assert.Equal("text"u8.ToArray(), Read([.. header, .. archive[10..]]).Content);
    }

    [Theory]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void A_corrupt_archive_is_noticed(string kind)
    {
        var archive = SomeArchive.Of(kind, Log);
        archive.AsSpan(archive.Length / 2, 40).Fill(0xA5);

        Assert.StartsWith($"the {kind} archive is ", Read(archive).Broken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1 }, "an xz archive, which is not read; expected plain text, gzip, bzip2 or zstd")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 1 }, "a zip archive, which is not read; expected plain text, gzip, bzip2 or zstd")]
    public void Other_archives_are_named(byte[] content, string message)
    {
        var exception = Assert.Throws<BrokenLogException>(() => Archive.Open(new MemoryStream(content), out _));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("BZh is no archive")]
    public void Anything_else_is_plain_text(string text)
    {
        using var content = Archive.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), out var isCompressed);

        Assert.Equal(text, new StreamReader(content).ReadToEnd());
        Assert.False(isCompressed);
    }

    private static (byte[] Content, string? Broken) Read(byte[] archive)
    {
        using var reader = new LogBlockReader(Archive.Open(new MemoryStream(archive), out _), LogBlockReader.DefaultBlockSize);
        var content = new List<byte>();
        while (reader.Next() is { } block)
        {
            content.AddRange(block.Bytes);
            block.Dispose();
        }

        return ([.. content], reader.Break?.Message);
    }

    /// <summary>Gives its bytes, and behind them fails instead of ending.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public const string Complaint = "the connection broke";

        public override int Read(byte[] buffer, int offset, int count)
            => base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException(Complaint);
    }
}
