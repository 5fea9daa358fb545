using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Numbers the distinct facts of a batch in the order of their first row. The rows may have numbers of several lists, one of which
/// is at hand at a time. For one thread alone.
/// </summary>
internal sealed class FactNumbers<T>
{
    /// <summary>The number of a row without a fact.</summary>
    public const int Missing = -1;

    private readonly List<T> facts = [];
    private readonly List<(FactList<T> List, int[] Numbers)> lists = [];
    private FactList<T>? list;

    /// <summary>By the number in the list at hand: the number in the batch, plus 1.</summary>
    private int[] numbers = [];

    /// <summary>The facts by their number.</summary>
    public IReadOnlyList<T> Facts => facts;

    /// <summary>Takes a list at hand.</summary>
    public void Use(FactList<T> other)
    {
        if (list == other && numbers.Length >= other.Count)
            return;
        list = other;
        var known = lists.FindIndex(entry => entry.List == other);
        numbers = known < 0 ? [] : lists[known].Numbers;
        if (numbers.Length < other.Count)
            Array.Resize(ref numbers, other.Count * 2);
        if (known < 0)
            lists.Add((other, numbers));
        else
            lists[known] = (other, numbers);
    }

    /// <summary>The number in the batch of a fact of the list at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int number)
    {
        if (numbers[number] == 0)
        {
            facts.Add(list![number]);
            numbers[number] = facts.Count;
        }

        return numbers[number] - 1;
    }

    /// <summary>Forgets all facts.</summary>
    public void Clear()
    {
        facts.Clear();
        lists.Clear();
        (list, numbers) = (null, []);
    }
}
