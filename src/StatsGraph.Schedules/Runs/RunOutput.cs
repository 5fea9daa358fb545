using StatsGraph.Schedules.Times;

namespace StatsGraph.Schedules.Runs;

/// <summary>Makes the files of a run.</summary>
/// <param name="run">The run.</param>
/// <param name="cancellation">The time for it is over.</param>
/// <exception cref="Exception">They cannot be made; the message says why, and is shown to those who may see the schedule.</exception>
public delegate Task<RunOutput> MakeFiles(DueRun run, CancellationToken cancellation);

/// <summary>What a run has made.</summary>
/// <param name="Title">Headline, for people.</param>
/// <param name="Summary">What a reader has to know, in sentences.</param>
/// <param name="Report">The issued report that the files show; null for the answer to a document.</param>
/// <param name="Files">The files, in the order of the formats.</param>
public sealed record RunOutput(string Title, IReadOnlyList<string> Summary, MadeReport? Report, IReadOnlyList<OutputFile> Files);

/// <summary>A file that was made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">What it is, as HTTP and e-mail name it.</param>
/// <param name="Content">All of it.</param>
public sealed record OutputFile(string Name, string MediaType, byte[] Content);
