using System.Text;
using StatsGraph.Ingest.Following;

namespace StatsGraph.Tests.Ingest.Following;

public sealed class LiveLogStreamTests : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly ContentMark mark = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_that_only_grows_is_read_on_from_any_line_of_what_was_read()
    {
        var text = SomeLine.Log(2000);
        var path = folder.Write("a.log", text[..100_000]);
        Assert.Equal((text[..100_000], false), Read(path, 0));

        File.WriteAllText(path, text);

        Assert.Equal((text[99_000..], false), Read(path, 99_000));
        Assert.Equal(text.Length, mark.End);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 2000)]
    [InlineData(2000, 10)]
    [InlineData(2000, 2000)]
    public void What_was_written_anew_is_not_taken_for_the_rest(int before, int after)
    {
        var path = folder.Write("a.log", SomeLine.Log(before));
        var (read, _) = Read(path, 0);

        File.WriteAllText(path, SomeLine.Log(after, first: before));

        Assert.Equal(("", true), Read(path, read.Length));
    }

    [Fact]
    public void Bytes_of_two_logs_are_never_joined_when_one_is_cut_while_it_is_read()
    {
        var text = SomeLine.Log(2000);
        var path = folder.Write("a.log", text);
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
        using var stream = new LiveLogStream(file, mark, 0);
        var buffer = new byte[text.Length];
        var length = stream.Read(buffer);
        length += stream.Read(buffer.AsSpan(length, 50_000));

        File.WriteAllText(path, SomeLine.Log(4000, first: 2000));

        Assert.Equal(0, stream.Read(buffer.AsSpan(length)));
        Assert.True(stream.IsCut);
        Assert.Equal(text[..length], Encoding.UTF8.GetString(buffer, 0, length));
    }

    private (string Text, bool IsCut) Read(string path, long position)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
        using var stream = new LiveLogStream(file, mark, position);
        using var reader = new StreamReader(stream);
        return (reader.ReadToEnd(), stream.IsCut);
    }
}
