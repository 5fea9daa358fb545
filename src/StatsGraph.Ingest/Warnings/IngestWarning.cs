namespace StatsGraph.Ingest;

/// <summary>Something about the lines of a run that makes figures wrong and that a person can mend.</summary>
/// <param name="Code">Lower-case words joined by dashes; stays the same from version to version.</param>
/// <param name="Message">What was seen, why it matters and what to do, in one line.</param>
public sealed record IngestWarning(string Code, string Message);
