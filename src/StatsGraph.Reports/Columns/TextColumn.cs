namespace StatsGraph.Reports.Columns;

/// <summary>The columns of a session that hold texts, as codes of a <see cref="TextDictionary"/>.</summary>
internal enum TextColumn
{
    Mount,

    /// <summary>Mount of the first session of the visit; its codes are those of <see cref="Mount"/>.</summary>
    EntryMount,
    Country,
    Region,
    City,
    Referrer,
    Player,

    /// <summary>AS and the number.</summary>
    Network,
    UserAgent,
}
