using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Numbers the rows of a list: groups and keys of time, as they are met. For one thread.</summary>
/// <param name="groups">The groups.</param>
/// <param name="keys">Number of keys of time.</param>
internal sealed class Cells(RowGroups groups, int keys)
{
    private readonly Dictionary<long, int> numbers = [];
    private readonly List<(int Group, int Key)> met = [];

    /// <summary>Number of cells so far.</summary>
    public int Count => groups.IsWhole ? keys : keys == 1 ? groups.Count : met.Count;

    /// <summary>The number of a cell.</summary>
    public int Of(int group, int key)
    {
        if (groups.IsWhole)
            return key;
        if (keys == 1)
            return group;
        var name = ((long)group * keys) + key;
        if (!numbers.TryGetValue(name, out var number))
        {
            number = met.Count;
            numbers.Add(name, number);
            met.Add((group, key));
        }

        return number;
    }

    /// <summary>The number of the cell that is the same row as a cell of others.</summary>
    public int Like(Cells others, int cell)
    {
        var (group, key) = others.Place(cell);
        return Of(groups.IsWhole ? 0 : groups.Like(others.Groups, group), key);
    }

    private RowGroups Groups => groups;

    /// <summary>The row that a cell is.</summary>
    public RowKey Row(int cell)
    {
        var (group, key) = Place(cell);
        return groups.Row(group, key);
    }

    private (int Group, int Key) Place(int cell) => groups.IsWhole ? (0, cell) : keys == 1 ? (cell, 0) : met[cell];
}
