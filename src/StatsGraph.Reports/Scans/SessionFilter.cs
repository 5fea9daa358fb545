using System.Runtime.InteropServices;
using StatsGraph.Lake;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Scans;

/// <summary>
/// A condition on sessions, made ready for columns: what a comparison says of a text is found out once for each text of the site, and looked up
/// for each session.
/// </summary>
internal sealed class SessionFilter
{
    private readonly Node root;

    private SessionFilter(Node root) => this.root = root;

    /// <summary>Lets all sessions of listeners pass and no others.</summary>
    public static SessionFilter OfListeners { get; } = new(new KindNode([1, 0, 0]));

    /// <summary>Makes a condition ready.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="texts">The site's texts.</param>
    /// <param name="period">Has the zone that hours of the day are told in.</param>
    public static SessionFilter Of(Condition<SessionField> condition, SiteTexts texts, CalendarPeriod period)
        => new(Make(condition, texts, period));

    /// <summary>Marks with 1 the sessions of a chunk that pass and are not dropped, and with 0 the others.</summary>
    /// <param name="rows">The sessions.</param>
    /// <param name="marks">As many as there are sessions.</param>
    /// <param name="scratch">Memory for the parts of the condition.</param>
    public void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch)
    {
        root.Mark(rows, marks, scratch, depth: 0);
        var flags = MemoryMarshal.Cast<SessionFlags, byte>(rows.Flags);
        for (var row = 0; row < marks.Length; row++)
            marks[row] &= (byte)((~flags[row] & (byte)SessionFlags.Dropped) >> 3);
    }

    private static Node Make(Condition<SessionField> condition, SiteTexts texts, CalendarPeriod period) => condition switch
    {
        Condition<SessionField>.All { Parts.Count: > 0 } all => new JoinNode([.. all.Parts.Select(part => Make(part, texts, period))], isAll: true),
        Condition<SessionField>.Any { Parts.Count: > 0 } any => new JoinNode([.. any.Parts.Select(part => Make(part, texts, period))], isAll: false),
        Condition<SessionField>.Compare compare => Make(compare, texts, period),
        _ => new JoinNode([], isAll: true),
    };

    private static Node Make(Condition<SessionField>.Compare compare, SiteTexts texts, CalendarPeriod period) => compare.Field switch
    {
        SessionField.DurationSeconds => new DurationNode(NumberRanges.Of(compare)),
        SessionField.HourOfDay => new HourNode(
            [.. Enumerable.Range(0, 24).Select(hour => Bit(compare.Passes((long)hour)))], period.Clock.OffsetsBefore(period.To)),
        SessionField.Kind => new KindNode([.. Kinds.Select(kind => Bit(compare.Passes(LineClassNames.Text(kind))))]),
        SessionField.Mount => TextNode.Of(TextColumn.Mount, compare, texts),
        SessionField.EntryMount => TextNode.Of(TextColumn.EntryMount, compare, texts),
        SessionField.Country => TextNode.Of(TextColumn.Country, compare, texts),
        SessionField.Region => TextNode.Of(TextColumn.Region, compare, texts),
        SessionField.City => TextNode.Of(TextColumn.City, compare, texts),
        SessionField.Referrer => TextNode.Of(TextColumn.Referrer, compare, texts),
        SessionField.Player => TextNode.Of(TextColumn.Player, compare, texts),
        SessionField.UserAgent => TextNode.Of(TextColumn.UserAgent, compare, texts),
        _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Field, "Expected a field of sessions."),
    };

    /// <summary>Kinds by the bits that tell them.</summary>
    private static readonly LineClass[] Kinds = [LineClass.Listener, LineClass.Relay, LineClass.Bot];

    private static byte Bit(bool value) => value ? (byte)1 : (byte)0;

    private abstract class Node
    {
        public abstract void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch, int depth);
    }

    private sealed class JoinNode(IReadOnlyList<Node> parts, bool isAll) : Node
    {
        public override void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch, int depth)
        {
            if (parts.Count == 0)
            {
                marks.Fill(1);
                return;
            }

            parts[0].Mark(rows, marks, scratch, depth + 1);
            var others = scratch.At(depth, marks.Length);
            for (var part = 1; part < parts.Count; part++)
            {
                parts[part].Mark(rows, others, scratch, depth + 1);
                if (isAll)
                {
                    for (var row = 0; row < marks.Length; row++)
                        marks[row] &= others[row];
                }
                else
                {
                    for (var row = 0; row < marks.Length; row++)
                        marks[row] |= others[row];
                }
            }
        }
    }

    private sealed class TextNode(TextColumn column, byte[] passes) : Node
    {
        public static TextNode Of(TextColumn column, Condition<SessionField>.Compare compare, SiteTexts texts)
        {
            var dictionary = texts[column];
            var passes = new byte[dictionary.Count];
            for (var code = 0; code < passes.Length; code++)
                passes[code] = Bit(compare.Passes(dictionary[code]));
            return new TextNode(column, passes);
        }

        public override void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch, int depth)
        {
            var codes = rows.Codes(column);
            for (var row = 0; row < codes.Length; row++)
                marks[row] = passes[codes[row]];
        }
    }

    private sealed class KindNode(byte[] passes) : Node
    {
        public override void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch, int depth)
        {
            var flags = rows.Flags;
            for (var row = 0; row < flags.Length; row++)
                marks[row] = passes[(int)(flags[row] & SessionFlags.Kinds)];
        }
    }

    private sealed class DurationNode(NumberRanges ranges) : Node
    {
        public override void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch, int depth)
            => ranges.Mark(rows.Durations, marks);
    }

    private sealed class HourNode(byte[] passes, IReadOnlyList<(long Since, long Offset)> offsets) : Node
    {
        public override void Mark(ChunkRows rows, Span<byte> marks, MarkScratch scratch, int depth)
        {
            var starts = rows.Starts;
            var zone = 0;
            for (var row = 0; row < starts.Length; row++)
            {
                var start = ColumnTime.ToUnix(starts[row]);
                while (zone + 1 < offsets.Count && start >= offsets[zone + 1].Since)
                    zone++;
                var second = (start + offsets[zone].Offset) % 86_400;
                marks[row] = passes[(second < 0 ? second + 86_400 : second) / 3_600];
            }
        }
    }
}

/// <summary>Memory for the marks of the parts of a condition, one run a depth.</summary>
internal sealed class MarkScratch
{
    private readonly List<byte[]> runs = [];

    /// <summary>Marks for a depth, whatever they hold.</summary>
    public Span<byte> At(int depth, int count)
    {
        while (runs.Count <= depth)
            runs.Add(new byte[SessionChunk.MaxRows]);
        return runs[depth].AsSpan(0, count);
    }
}
