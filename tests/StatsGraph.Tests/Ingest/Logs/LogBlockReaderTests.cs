using System.Text;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Logs;

public sealed class LogBlockReaderTests
{
    [Fact]
    public void Blocks_of_any_size_hold_the_same_lines()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var lines = Enumerable.Range(0, random.Next(20)).Select(_ => new string((char)('a' + random.Next(26)), random.Next(30))).ToArray();
            var unfinished = random.Next(2) == 0 ? "" : "tail";
            var log = string.Concat(lines.Select(line => line + '\n')) + unfinished;

            for (var size = 1; size < 80; size += 1 + random.Next(7))
                Assert.Equal((string.Join('|', lines), unfinished), Read(log, size));
        }
    }

    [Fact]
    public void NULs_before_a_line_take_no_room_in_a_block()
    {
        using var reader = Reader("ab\n" + new string('\0', 1000) + "cdefgh\nx\n", 8);

        Assert.Equal((LogBlockKind.Lines, "ab\n", 0L), Next(reader));
        var (kind, text, skipped) = Next(reader);

        Assert.Equal(LogBlockKind.Lines, kind);
        Assert.Equal("cdefgh\n", text.TrimStart('\0'));
        Assert.Equal(1000, skipped + text.TakeWhile(character => character == '\0').Count());
    }

    [Fact]
    public void A_line_that_fits_no_block_comes_in_parts()
    {
        using var reader = Reader("a\n0123456789\nb\n", 4);

        Assert.Equal((LogBlockKind.Lines, "a\n", 0L), Next(reader));
        Assert.Equal((LogBlockKind.LongLinePart, "0123", 0L), Next(reader));
        Assert.Equal((LogBlockKind.LongLinePart, "4567", 0L), Next(reader));
        Assert.Equal((LogBlockKind.LongLineEnd, "89\n", 0L), Next(reader));
        Assert.Equal((LogBlockKind.Lines, "b\n", 0L), Next(reader));
        Assert.Equal((LogBlockKind.Unfinished, "", 0L), Next(reader));
        Assert.Null(reader.Next());
    }

    private static LogBlockReader Reader(string log, int size) => new(new MemoryStream(Encoding.UTF8.GetBytes(log)), size);

    private static (LogBlockKind Kind, string Text, long Skipped) Next(LogBlockReader reader)
    {
        using var block = reader.Next()!;
        return (block.Kind, Encoding.UTF8.GetString(block.Bytes), block.Skipped);
    }

    private static (string Lines, string Unfinished) Read(string log, int size)
    {
        using var reader = Reader(log, size);
        var text = new StringBuilder();
        var unfinished = "";
        while (reader.Next() is { } block)
        {
            if (block.Kind == LogBlockKind.Unfinished)
                unfinished = Encoding.UTF8.GetString(block.Bytes);
            else
                text.Append(Encoding.UTF8.GetString(block.Bytes));
            Assert.Equal(block.Kind is LogBlockKind.Lines or LogBlockKind.LongLineEnd, block.Bytes.EndsWith("\n"u8));
            block.Dispose();
        }

        var whole = text.ToString();
        var lastLineEnd = whole.LastIndexOf('\n') + 1;
        return (string.Join('|', whole[..lastLineEnd].Split('\n')[..^1]), whole[lastLineEnd..] + unfinished);
    }
}
