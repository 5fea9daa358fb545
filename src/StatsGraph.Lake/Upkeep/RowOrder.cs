using Apache.Arrow;
using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Upkeep;

/// <summary>Where a row is: in which row group of the sources, and at which place of it.</summary>
/// <param name="Key">What it is ordered by; see <see cref="RowOrder"/>.</param>
/// <param name="Group">Number of the row group.</param>
/// <param name="Row">Number of the row in it.</param>
internal readonly record struct RowPlace(ulong Key, int Group, int Row) : IComparable<RowPlace>
{
    public int CompareTo(RowPlace other)
    {
        var byKey = Key.CompareTo(other.Key);
        if (byKey != 0)
            return byKey;
        var byGroup = Group.CompareTo(other.Group);
        return byGroup != 0 ? byGroup : Row.CompareTo(other.Row);
    }
}

/// <summary>
/// The order in which a table keeps rows, as an append clusters them: of lines listeners, then relays and bots, then all others, each by
/// their time, undated ones last. Rows that are equal in that stay in the order of their sources.
/// </summary>
/// <param name="expectedRows">About how many rows there will be.</param>
/// <param name="clusterOf">Number, 0 to 2, of the cluster of a class by its text.</param>
internal sealed class RowOrder(long expectedRows, Func<string, int> clusterOf)
{
    /// <summary>
    /// Rows of a row group at most: half of an append's, since a merge has several in memory, and since a row group that spans less time is
    /// skipped more often.
    /// </summary>
    private const int MostRows = 125_000;

    private const int ClusterShift = 62;
    private const ulong Undated = (1UL << ClusterShift) - 1;

    /// <summary>Makes instants before 1970 positive; beyond it lies no instant that there can be.</summary>
    private const long Epoch = 1L << 60;

    private RowPlace[] places = new RowPlace[expectedRows];
    private int count;

    /// <summary>Number of rows.</summary>
    public int Rows => count;

    /// <summary>Adds the rows of a row group.</summary>
    /// <param name="group">Its number.</param>
    /// <param name="batches">What <see cref="DataFileReader.ReadOrder"/> gives.</param>
    public void Add(int group, IReadOnlyList<RecordBatch> batches)
    {
        var row = 0;
        foreach (var batch in batches)
        {
            var (classes, ends) = ((DictionaryArray)batch.Column(0), (TimestampArray)batch.Column(1));
            var clusters = Clusters((StringArray)classes.Dictionary);
            var indices = ((Int32Array)classes.Indices).Values;
            var instants = ends.Values;
            if (places.Length < count + batch.Length)
                System.Array.Resize(ref places, 2 * (count + batch.Length));
            for (var i = 0; i < batch.Length; i++)
                places[count++] = new RowPlace(clusters[indices[i]] | (ends.IsNull(i) ? Undated : (ulong)(instants[i] + Epoch)), group, row++);
        }
    }

    /// <summary>The rows as row groups: none holds rows of two clusters or more rows than a row group may.</summary>
    public IEnumerable<ReadOnlyMemory<RowPlace>> RowGroups()
    {
        System.Array.Sort(places, 0, count);
        for (var start = 0; start < count;)
        {
            var cluster = places[start].Key >> ClusterShift;
            var end = start;
            while (end < count && places[end].Key >> ClusterShift == cluster)
                end++;
            foreach (var group in Even(places.AsMemory(start..end)))
                yield return group;
            start = end;
        }
    }

    /// <summary>Pieces of equal size, so that no small rest is left.</summary>
    private static IEnumerable<ReadOnlyMemory<RowPlace>> Even(ReadOnlyMemory<RowPlace> rows)
    {
        var pieces = (rows.Length + MostRows - 1) / MostRows;
        for (var piece = 0; piece < pieces; piece++)
        {
            var (from, to) = ((long)rows.Length * piece / pieces, (long)rows.Length * (piece + 1) / pieces);
            yield return rows[(int)from..(int)to];
        }
    }

    private ulong[] Clusters(StringArray classes)
        => [.. Enumerable.Range(0, classes.Length).Select(i => (ulong)clusterOf(classes.GetString(i)) << ClusterShift)];
}
