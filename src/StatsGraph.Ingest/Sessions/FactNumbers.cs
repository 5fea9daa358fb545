using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Numbers the distinct facts of a batch in the order of their first row. For one thread alone.</summary>
internal sealed class FactNumbers<TFact>
    where TFact : Fact
{
    /// <summary>The number of a row without a fact.</summary>
    public const int Missing = -1;

    private readonly List<TFact> facts = [];

    /// <summary>The facts by their number.</summary>
    public IReadOnlyList<TFact> Facts => facts;

    /// <summary>The number of a fact.</summary>
    /// <param name="fact">The fact; null for none.</param>
    /// <param name="batch">Number of the batch, not 0 and never used before on this thread's facts.</param>
    public int Of(TFact? fact, int batch)
    {
        if (fact is null)
            return Missing;
        if (fact.Batch != batch)
        {
            (fact.Batch, fact.Number) = (batch, facts.Count);
            facts.Add(fact);
        }

        return fact.Number;
    }

    /// <summary>Forgets all facts but keeps their room.</summary>
    public void Clear() => facts.Clear();
}
