namespace StatsGraph.Reports.Figures;

/// <summary>Refused requests of one path and status.</summary>
/// <param name="Status">HTTP status, 300 and above.</param>
/// <param name="Path">Normalised path.</param>
/// <param name="Requests">How many started in the period.</param>
/// <param name="LastSeen">Start of the latest of them.</param>
public sealed record StreamError(int Status, string Path, long Requests, NodaTime.Instant LastSeen);
