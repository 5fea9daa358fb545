namespace StatsGraph.Reports.Columns;

/// <summary>What is known of a session in single bits.</summary>
[Flags]
internal enum SessionFlags : byte
{
    /// <summary>A listener's session that goes on with a visit.</summary>
    None = 0,

    /// <summary>A relay's.</summary>
    Relay = 1,

    /// <summary>A bot's.</summary>
    Bot = 2,

    /// <summary>It began a visit.</summary>
    First = 4,

    /// <summary>It is shorter than the minimum duration, so that it is in no figure.</summary>
    Dropped = 8,

    /// <summary>The bits that tell the kind.</summary>
    Kinds = Relay | Bot,
}
