namespace StatsGraph.Schedules.Runs;

/// <summary>What has become of a run so far, as it is kept.</summary>
public sealed record RunState
{
    /// <summary>When it was due, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Name of its period.</summary>
    public required string Period { get; init; }

    /// <summary>Whether somebody asked for it, whatever the times of the schedule: then it is delivered although nothing is new.</summary>
    public bool IsOnDemand { get; init; }

    /// <summary>How often making its files was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>What was made; null until then.</summary>
    public MadeFiles? Made { get; init; }

    /// <summary>One for each target. While the files cannot be made, each tells why.</summary>
    public IReadOnlyList<DeliveryState> Deliveries { get; init; } = [];

    /// <summary>When there was nothing left to do; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether every target has what it is to have.</summary>
    public bool HasArrived => Deliveries.All(delivery => delivery.Progress is DeliveryProgress.Delivered or DeliveryProgress.Unchanged);

    /// <summary>When there is something to do again; null where that is now, or never.</summary>
    public DateTimeOffset? Waits => Deliveries.Any(delivery => delivery is { IsOpen: true, NextAttempt: null }) ? null
        : Deliveries.Where(delivery => delivery.IsOpen).Min(delivery => delivery.NextAttempt);
}

/// <summary>The files of a run.</summary>
/// <param name="At">When they were made, UTC.</param>
/// <param name="Title">Headline, for people.</param>
/// <param name="Summary">What a reader has to know, in sentences.</param>
/// <param name="Report">The issued report that they show; null for the answer to a document.</param>
/// <param name="Files">The files, without their content.</param>
public sealed record MadeFiles(DateTimeOffset At, string Title, IReadOnlyList<string> Summary, MadeReport? Report, IReadOnlyList<MadeFile> Files);

/// <summary>An issued report.</summary>
/// <param name="Revision">Its revision, from 1.</param>
/// <param name="Checksum">Its checksum, as it stands in it.</param>
public sealed record MadeReport(int Revision, string Checksum);

/// <summary>A file, without its content.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">What it is, as HTTP and e-mail name it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
public sealed record MadeFile(string Name, string MediaType, long Bytes, string Sha256);

/// <summary>What has become of the delivery to one target.</summary>
/// <param name="Kind">Kind of the target.</param>
/// <param name="Address">Where it is, without anything secret.</param>
/// <param name="Id">Names the delivery to its receiver.</param>
public sealed record DeliveryState(string Kind, string Address, string Id)
{
    /// <summary>How far it is.</summary>
    public DeliveryProgress Progress { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed the last time; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>When it was tried the last time, or when it ended; null before.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When it is tried again; null where it is not.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Whether something is left to do.</summary>
    public bool IsOpen => Progress is DeliveryProgress.Waiting or DeliveryProgress.Retrying;
}

/// <summary>How far a delivery is.</summary>
public enum DeliveryProgress
{
    /// <summary>It was not tried yet.</summary>
    Waiting,

    /// <summary>It failed and is tried again.</summary>
    Retrying,

    /// <summary>It is delivered.</summary>
    Delivered,

    /// <summary>There was nothing to deliver: the report is the one that was delivered before.</summary>
    Unchanged,

    /// <summary>It failed too often and is given up.</summary>
    GivenUp,

    /// <summary>Its run was missed, and is older than those that are caught up; so are the missed ones before it.</summary>
    Missed,
}
