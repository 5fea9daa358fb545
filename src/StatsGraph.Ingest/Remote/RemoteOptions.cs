namespace StatsGraph.Ingest.Remote;

/// <summary>What sending logs to a server needs to know.</summary>
public sealed record RemoteOptions
{
    /// <summary>Address of the server, with the path that comes before all others.</summary>
    public required Uri Url { get; init; }

    /// <summary>Key of the site that the lines belong to.</summary>
    public required string Site { get; init; }

    /// <summary>Token that lets the sender in; null where the server asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>Have the server compare only, and write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Every file is a playlist, whatever it looks like.</summary>
    public bool OnlyPlays { get; init; }

    /// <summary>How often a request is sent at most before the run gives up.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>Time before a request is sent a second time; doubles from time to time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time before a request is sent again, whatever the server asks for.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time that one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Uncompressed bytes of a part.</summary>
    internal int PartBytes { get; init; } = 16 << 20;

    /// <summary>Lines of a part.</summary>
    internal int PartLines { get; init; } = 500_000;

    /// <summary>Told in one line what goes wrong and is tried again.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
