using System.Text;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Logs;

/// <summary>What is handed on of archives in which bits are flipped.</summary>
public sealed class DamagedArchiveTests
{
    private const int Flips = 200;

    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(2000));

    [Theory]
    [InlineData("gzip", 1)]
    [InlineData("gzip", 2)]
    [InlineData("bzip2", 1)]
    [InlineData("bzip2", 2)]
    [InlineData("zstd-checked", 1)]
    [InlineData("zstd-checked", 2)]
    public void Nothing_that_a_checksum_vouches_for_is_other_than_it_was(string kind, int parts)
    {
        var archive = parts == 1 ? SomeArchive.Of(kind, Log) : SomeArchive.OfTwo(kind, Log[..90_000], Log[90_000..]);
        var random = new Random(20_261_122);
        var noticed = 0;
        for (var flip = 0; flip < Flips; flip++)
        {
            var bit = random.Next(8 * 6, 8 * archive.Length);
            var (sound, broken) = Read(Flipped(archive, bit));

            Assert.True(Log.AsSpan().StartsWith(sound), $"bit {bit} changes what is vouched for");
            Assert.True(broken is not null || sound.Length == Log.Length, $"bit {bit} loses content unseen");
            noticed += broken is null ? 0 : 1;
        }

        // A few bits, such as those of a header's time, say nothing about the content.
        Assert.InRange(noticed, Flips * 98 / 100, Flips);
    }

    [Theory]
    [InlineData("gzip", 1)]
    [InlineData("gzip", 2)]
    [InlineData("zstd-checked", 2)]
    public void A_check_finds_what_reading_finds(string kind, int parts)
    {
        var archive = parts == 1 ? SomeArchive.Of(kind, Log) : SomeArchive.OfTwo(kind, Log[..90_000], Log[90_000..]);
        var random = new Random(20_261_122);
        var path = Path.GetTempFileName();
        Assert.Null(Check(path, archive));
        for (var flip = 0; flip < Flips; flip++)
        {
            var damaged = Flipped(archive, random.Next(8 * 6, 8 * archive.Length));
            if (flip % 4 == 0)
                damaged = archive[..random.Next(6, archive.Length)];

            Assert.Equal(Read(damaged).Broken, Check(path, damaged));
        }

        File.Delete(path);
    }

    [Fact]
    public void A_zstd_frame_without_checksum_is_told_only_when_it_cannot_be_decoded()
    {
        var archive = SomeArchive.Of("zstd", Log);
        var random = new Random(20_261_122);
        var results = Enumerable.Range(0, Flips).Select(_ => Read(Flipped(archive, random.Next(8 * 6, 8 * archive.Length)))).ToList();

        Assert.All(results.Where(result => result.Broken is not null), result => Assert.Empty(result.Sound));
        Assert.Contains(results, result => result.Broken is null && !Log.AsSpan().SequenceEqual(result.Sound));
    }

    [Fact]
    public void The_blocks_of_bzip2_before_the_damaged_one_are_handed_on()
    {
        var archive = SomeArchive.Of("bzip2", Log);
        var (sound, broken) = Read(Flipped(archive, (8 * archive.Length) - 1_000));

        Assert.Equal("the bzip2 archive is corrupt: BZip2 input stream crc error", broken);
        Assert.InRange(sound.Length, Log.Length - SomeArchive.Bzip2Block - 1, Log.Length - 1);
    }

    [Fact]
    public void A_stream_of_bzip2_whose_header_is_damaged_is_not_passed_over()
    {
        var first = SomeArchive.Of("bzip2", Log[..90_000]);
        byte[] archive = [.. first, .. SomeArchive.Of("bzip2", Log[90_000..])];

        var (sound, broken) = Read(Flipped(archive, (8 * first.Length) + 3));

        Assert.Equal("the bzip2 archive is followed by something else", broken);
        Assert.Equal(90_000, sound.Length);
        Assert.Null(Read([.. first, .. new byte[100_000]]).Broken);
        Assert.Equal("the bzip2 archive is truncated", Read([.. first, .. "BZ"u8]).Broken);
    }

    [Fact]
    public void A_block_of_bzip2_that_holds_one_byte_over_and_over_is_read()
    {
        var content = new byte[10 << 20];
        content.AsSpan().Fill((byte)'x');

        Assert.True(content.AsSpan().SequenceEqual(Read(SomeArchive.Of("bzip2", content)).Sound));
    }

    /// <summary>Reads an archive as the ingest does; of what is handed on, the part that is vouched for.</summary>
    private static (byte[] Sound, string? Broken) Read(byte[] archive)
    {
        using var reader = new LogBlockReader(Archive.Open(new MemoryStream(archive), out _), blockSize: 10_000);
        var content = new List<byte>();
        long sound = 0;
        while (reader.Next() is { } block)
        {
            content.AddRange(block.Bytes);
            sound = Math.Min(block.SoundLength, content.Count);
            block.Dispose();
        }

        return ([.. content.Take((int)sound)], reader.Break?.Message);
    }

    private static string? Check(string path, byte[] archive)
    {
        File.WriteAllBytes(path, archive);
        using var file = File.OpenHandle(path);
        try
        {
            ArchiveCheck.Run(file, TestContext.Current.CancellationToken);
            return null;
        }
        catch (BrokenLogException exception)
        {
            return exception.Message;
        }
    }

    internal static byte[] Flipped(byte[] archive, int bit)
    {
        var flipped = (byte[])archive.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
