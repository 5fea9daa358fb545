namespace StatsGraph.Reports.Columns;

/// <summary>
/// Puts sessions that come in into the visits, in one pass in order over what can matter to them. Only owners, a listener and kind each, of
/// such sessions are looked at. Of an owner, two states are kept: of its visits as they are now, and as they were. From the session that came
/// in on they differ; once they are equal again, the visits of all later sessions are what they were, and the owner is settled.
/// </summary>
/// <remarks>
/// The state of a settled owner comes from what the chunks say. A chunk may be left out of the pass while all owners are settled and its
/// latest end is 1,800 s and more before the next session that comes in: what is not seen of it then could only say that a visit begins,
/// which is what a state says that does not know of it.
/// </remarks>
internal sealed class VisitChains
{
    private readonly SessionRows rows;
    private readonly int[] order;

    // By kind and listener: the place of the owner's states, or 0. Listeners are mostly of one kind, bots and relays few.
    private readonly int[][] places = [[], [], [], []];
    private readonly Chain[] chains;
    private int unsettled;

    /// <param name="rows">The rows that come in.</param>
    /// <param name="order">Their places, in order.</param>
    /// <param name="numbers">The numbers of their listeners.</param>
    /// <param name="listeners">Number of listeners in all.</param>
    public VisitChains(SessionRows rows, int[] order, int[] numbers, int listeners)
    {
        (this.rows, this.order) = (rows, order);
        var owners = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            ref var ofKind = ref places[(int)(rows.Kinds[row] & SessionFlags.Kinds)];
            if (ofKind.Length == 0)
                ofKind = new int[listeners];
            ref var place = ref ofKind[numbers[row]];
            if (place == 0)
                place = ++owners;
        }

        chains = new Chain[owners + 1];
    }

    /// <summary>Sets the visits of a chunk that was put together.</summary>
    public void Pass(ChunkDraft draft)
    {
        ReadOnlySpan<uint> starts = draft.Starts, ends = draft.Ends;
        ReadOnlySpan<int> listeners = draft.Listeners, mounts = draft.Codes(TextColumn.Mount);
        var flags = draft.Flags;
        var entryMounts = draft.Codes(TextColumn.EntryMount);
        for (var row = 0; row < starts.Length; row++)
        {
            var place = Place(flags[row], listeners[row]);
            if (place == 0)
                continue;
            ref var chain = ref chains[place];
            if (entryMounts[row] == ChunkMerge.NoVisit)
                Insert(ref chain, starts[row], ends[row], mounts[row], ref flags[row], ref entryMounts[row]);
            else
                Follow(ref chain, starts[row], ends[row], mounts[row], ref flags[row], ref entryMounts[row]);
        }
    }

    /// <summary>Follows the visits through a chunk that no row comes into; gives it back where nothing changes in it.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="incomingBefore">How many of the rows that come in lie before it.</param>
    public SessionChunk Pass(SessionChunk chunk, int incomingBefore)
    {
        if (unsettled == 0 && !Matters(chunk, incomingBefore))
            return chunk;
        ReadOnlySpan<uint> starts = chunk.Starts, ends = chunk.Ends;
        ReadOnlySpan<int> listeners = chunk.Listeners, mounts = chunk.Codes(TextColumn.Mount);
        var flags = chunk.Flags;
        var entryMounts = chunk.Codes(TextColumn.EntryMount);
        ChunkDraft? changed = null;
        for (var row = 0; row < starts.Length; row++)
        {
            var place = Place(flags[row], listeners[row]);
            if (place == 0)
                continue;
            var (flag, entryMount) = (flags[row], entryMounts[row]);
            if (!Follow(ref chains[place], starts[row], ends[row], mounts[row], ref flag, ref entryMount))
                continue;
            changed ??= ChunkDraft.Copy(chunk);
            changed.Flags[row] = flag;
            changed.Codes(TextColumn.EntryMount)[row] = entryMount;
        }

        return changed?.Finish() ?? chunk;
    }

    private bool Matters(SessionChunk chunk, int incomingBefore) =>
        incomingBefore < order.Length && rows.Starts[order[incomingBefore]] < (long)chunk.LastEnd + VisitState.Silence;

    private int Place(SessionFlags flags, int listener)
    {
        var ofKind = places[(int)(flags & SessionFlags.Kinds)];
        return (uint)listener < (uint)ofKind.Length ? ofKind[listener] : 0;
    }

    private void Insert(ref Chain chain, uint start, uint end, int mount, ref SessionFlags flags, ref int entryMount)
    {
        var settled = chain.Settled;
        var first = chain.Now.Take(start, end, mount);
        flags = (flags & SessionFlags.Kinds) | (first ? SessionFlags.First : SessionFlags.None);
        entryMount = chain.Now.EntryMount;
        Count(settled, chain.Settled);
    }

    // Tells whether anything changed.
    private bool Follow(ref Chain chain, uint start, uint end, int mount, ref SessionFlags flags, ref int entryMount)
    {
        var first = (flags & SessionFlags.First) != 0;
        var settled = chain.Settled;
        chain.Before.Take(end, first, entryMount);
        if (settled)
        {
            chain.Now = chain.Before;
            return false;
        }

        var firstNow = chain.Now.Take(start, end, mount);
        Count(settled, chain.Settled);
        if (firstNow == first && chain.Now.EntryMount == entryMount)
            return false;
        flags = (flags & SessionFlags.Kinds) | (firstNow ? SessionFlags.First : SessionFlags.None);
        entryMount = chain.Now.EntryMount;
        return true;
    }

    private void Count(bool settledBefore, bool settledNow) => unsettled += (settledBefore ? 1 : 0) - (settledNow ? 1 : 0);

    private struct Chain
    {
        public VisitState Now;
        public VisitState Before;

        public readonly bool Settled => Now == Before;
    }
}
