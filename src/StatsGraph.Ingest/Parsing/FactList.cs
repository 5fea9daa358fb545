namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// What fields of lines tell, by number. One thread adds at a time; any may look up what was added before it heard of the number.
/// </summary>
internal sealed class FactList<T>
{
    private const int FirstCapacity = 64;

    private T[] facts = new T[FirstCapacity];

    /// <summary>Number of facts.</summary>
    public int Count { get; private set; }

    /// <summary>A fact by its number.</summary>
    public T this[int number] => Volatile.Read(ref facts)[number];

    /// <summary>Adds a fact and returns its number.</summary>
    public int Add(T fact)
    {
        if (Count == facts.Length)
        {
            var larger = new T[Count * 2];
            facts.CopyTo(larger, 0);
            Volatile.Write(ref facts, larger);
        }

        facts[Count] = fact;
        return Count++;
    }
}
