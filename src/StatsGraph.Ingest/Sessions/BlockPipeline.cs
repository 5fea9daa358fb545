using System.Collections.Concurrent;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Parses blocks ahead, on as many threads as there are cores, and gives them back in their order. A block that is not whole
/// lines goes through as it is.
/// </summary>
internal sealed class BlockPipeline(Func<BlockParser> makeParser)
{
    /// <summary>Blocks in flight at most: enough that no core waits, few enough that memory stays small.</summary>
    private static readonly int MostBlocks = Math.Clamp(Environment.ProcessorCount, 1, 4) + 1;

    /// <summary>Bytes of a line; most lines are longer.</summary>
    private const int ShortLine = 128;

    private readonly ConcurrentStack<BlockParser> parsers = new();
    private readonly ConcurrentStack<ParsedBlock> free = new();

    /// <summary>The parsed blocks of a log, in order. Each is valid until the next one is asked for, or as long as it is retained.</summary>
    /// <param name="blocks">The blocks; each is disposed of.</param>
    /// <param name="knownBytes">
    /// Asked about each block, in their order, before it is parsed: within how many of its bytes its lines need only be hashed.
    /// </param>
    public IEnumerable<(LogBlock Block, ParsedBlock? Lines)> Run(IEnumerable<LogBlock> blocks, Func<LogBlock, long> knownBytes)
    {
        var flying = new Queue<(LogBlock Block, Task<ParsedBlock>? Lines)>();
        try
        {
            foreach (var block in blocks)
            {
                flying.Enqueue((block, Start(block, knownBytes)));
                if (flying.Count < MostBlocks)
                    continue;
                foreach (var first in Land(flying))
                    yield return first;
            }

            while (flying.Count > 0)
            {
                foreach (var first in Land(flying))
                    yield return first;
            }
        }
        finally
        {
            foreach (var (block, lines) in flying)
            {
                lines?.ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
                block.Dispose();
            }
        }
    }

    private Task<ParsedBlock>? Start(LogBlock block, Func<LogBlock, long> knownBytes)
    {
        var known = knownBytes(block);
        return block.Kind == LogBlockKind.Lines ? Task.Run(() => Parse(block, known)) : null;
    }

    private static IEnumerable<(LogBlock Block, ParsedBlock? Lines)> Land(Queue<(LogBlock Block, Task<ParsedBlock>? Lines)> flying)
    {
        var (block, lines) = flying.Peek();
        var parsed = lines?.GetAwaiter().GetResult();
        flying.Dequeue();
        using (block)
            yield return (block, parsed);
        parsed?.Release();
    }

    private ParsedBlock Parse(LogBlock block, long known)
    {
        if (!free.TryPop(out var parsed))
            parsed = new ParsedBlock(Math.Max(1, block.Bytes.Length / ShortLine), free.Push);
        if (!parsers.TryPop(out var parser))
            parser = makeParser();
        parsed.Retain();
        parser.Parse(block.Bytes, block.Skipped, known, parsed);
        parsers.Push(parser);
        return parsed;
    }
}
