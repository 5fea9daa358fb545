using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// What a field tells, row by row. A row holds only the number of its fact; the columns of the lake that come from the fact
/// are made at the end, at the cost of the distinct facts.
/// </summary>
internal sealed class FactColumn<TFact>
    where TFact : class
{
    private const int Missing = -1;

    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<TFact> facts = [];
    private readonly Column<int> rows = new();
    private TFact? lastFact;
    private int lastNumber;

    /// <summary>Adds a row; true when its fact is new here.</summary>
    public bool Add(TFact fact)
    {
        var isNew = false;
        if (!ReferenceEquals(fact, lastFact))
        {
            lastFact = fact;
            isNew = !numbers.TryGetValue(fact, out lastNumber);
            if (isNew)
            {
                lastNumber = facts.Count;
                numbers.Add(fact, lastNumber);
                facts.Add(fact);
            }
        }

        rows.Add(lastNumber);
        return isNew;
    }

    /// <summary>Adds a row without a fact.</summary>
    public void AddMissing() => rows.Add(Missing);

    /// <summary>Forgets all rows but keeps their room.</summary>
    public void Clear()
    {
        numbers.Clear();
        facts.Clear();
        rows.Clear();
        lastFact = null;
    }

    /// <summary>A text column: a dictionary of the distinct texts.</summary>
    public IArrowArray Texts(Func<TFact, string?> text)
    {
        var texts = new TextDictionary();
        var codes = new int[facts.Count];
        for (var number = 0; number < codes.Length; number++)
            codes[number] = text(facts[number]) is { } value ? texts.CodeOf(value) : Missing;
        var indices = new Column<int>();
        foreach (var number in rows.Values)
        {
            if (number != Missing && codes[number] is var code and not Missing)
                indices.Add(code);
            else
                indices.AddMissing();
        }

        return texts.ToArray(indices);
    }

    /// <summary>A column of numbers.</summary>
    public IArrowArray Numbers<T>(IArrowType type, Func<TFact, T?> number)
        where T : unmanaged
    {
        var values = facts.ConvertAll(fact => number(fact));
        var column = new Column<T>();
        foreach (var row in rows.Values)
            column.Add(row == Missing ? null : values[row]);
        return column.ToArray(type);
    }
}
