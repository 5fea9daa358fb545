namespace StatsGraph.Lake.Disk;

/// <summary>A file was given a name, but the answer was lost: it may have the name or not.</summary>
internal sealed class UncertainNameException(Exception inner) : IOException($"{inner.Message}; it may be there nonetheless: verify tells, and a repetition does no harm", inner);
