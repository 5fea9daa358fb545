namespace StatsGraph.Ingest;

/// <summary>What a run did with every row of playlists.</summary>
public sealed record PlaySummary
{
    /// <summary>Playlists read.</summary>
    public required int Files { get; init; }

    /// <summary>Rows read this time, blank ones and the names of columns left out.</summary>
    public required long Rows { get; init; }

    /// <summary>New plays.</summary>
    public required long Plays { get; init; }

    /// <summary>New rows that only tell that the play before is over.</summary>
    public required long Breaks { get; init; }

    /// <summary>New rows that tell no play.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rows skipped because they are in already.</summary>
    public required long AlreadyIngested { get; init; }

    /// <summary>New plays whose local time came twice that night: it is taken for the first.</summary>
    public required long TwiceOnTheClock { get; init; }

    /// <summary>New plays whose local time the clock left out: it is taken for as much after the gap.</summary>
    public required long NeverOnTheClock { get; init; }

    /// <summary>New rejected rows by reason, most frequent first.</summary>
    public required IReadOnlyDictionary<string, long> Rejections { get; init; }

    /// <summary>The first three new rejected rows of each reason, in the order they were read.</summary>
    public required IReadOnlyList<RejectionExample> Examples { get; init; }

    /// <summary>Unfinished last lines, left for the next run.</summary>
    public required long Waiting { get; init; }
}
