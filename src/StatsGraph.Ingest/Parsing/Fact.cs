namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// What a field tells. Lines with equal fields share the object, so that what is stored of it is made once for all of them.
/// </summary>
internal abstract class Fact
{
    /// <summary>The batch that <see cref="Number"/> was given in. Only the thread that makes batches looks at the two.</summary>
    public int Batch { get; set; }

    /// <summary>Number of the fact among those of the batch.</summary>
    public int Number { get; set; }
}
