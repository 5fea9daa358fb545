using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Counts equal lines of a source by their hash. Equal lines are of one era (<see cref="BlockParser.EraOf"/>), so that a log
/// in the order of time only ever looks into a small table. A table that no line came to for a while is made tight: about 9
/// bytes a line, however long the source is, and up to 16 where eras come at random. Only hashes that come again have a counter.
/// </summary>
internal sealed class LineOrdinals
{
    /// <summary>Lines after which a table counts as left behind.</summary>
    private const long LinesUntilTight = 100_000;

    private const long LinesPerLook = 512;

    /// <summary>As many eras as grow at once in a log in the order of time that has few lines an hour.</summary>
    private const int FewEras = 64;

    private const int MostExpected = 1 << 14;

    private readonly Dictionary<ulong, int> repeated = [];
    private readonly Dictionary<ushort, Era> eras = [];
    private readonly Queue<Era> growing = new();
    private Era? last;
    private ushort lastNumber;
    private long lines;

    /// <summary>How many lines of this hash came before, and counts this one.</summary>
    /// <param name="hash">The line's hash.</param>
    /// <param name="number">The line's era.</param>
    [MethodImpl(PerLine.Code)]
    public int Next(ulong hash, ushort number)
    {
        var era = last is not null && number == lastNumber ? last : Find(number);
        era.LastLine = ++lines;
        if (!era.IsGrowing)
        {
            era.IsGrowing = true;
            growing.Enqueue(era);
        }

        if (lines % LinesPerLook == 0)
            LookAtOne();
        if (era.Hashes.Add(hash))
            return 0;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(repeated, hash, out _);
        return ++count;
    }

    /// <summary>Says that lines of this hash came before the first one that is counted here.</summary>
    /// <param name="hash">The lines' hash.</param>
    /// <param name="number">Their era.</param>
    /// <param name="count">How many, 1 or more.</param>
    public void Start(ulong hash, ushort number, int count)
    {
        Find(number).Hashes.Add(hash);
        if (count > 1)
            repeated[hash] = count - 1;
    }

    private Era Find(ushort number)
    {
        ref var era = ref CollectionsMarshal.GetValueRefOrAddDefault(eras, number, out _);
        (last, lastNumber) = (era ??= new Era(Expected()), number);
        return era;
    }

    /// <summary>
    /// A log has about as many lines in an hour as in the one before, if its lines are in the order of time; where they are not, many eras grow
    /// at once, and none may take much room before it needs it.
    /// </summary>
    private int Expected() => last is null || growing.Count > FewEras ? 0 : Math.Min(last.Hashes.Count, MostExpected);

    /// <summary>Looks whether one of the growing tables is left behind; the next time it is another one's turn.</summary>
    private void LookAtOne()
    {
        var era = growing.Dequeue();
        era.IsGrowing = era.LastLine + LinesUntilTight > lines;
        if (era.IsGrowing)
            growing.Enqueue(era);
        else
            era.Hashes.Tighten();
    }

    private sealed class Era(int expected)
    {
        public LineHashes Hashes { get; } = new(expected);

        public long LastLine { get; set; }

        public bool IsGrowing { get; set; }
    }
}
