namespace StatsGraph.Reports.Figures;

/// <summary>The largest number of sessions open at one instant.</summary>
/// <param name="Sessions">How many.</param>
/// <param name="At">First instant it was reached; null when no session was ever open.</param>
public sealed record Peak(long Sessions, NodaTime.Instant? At);
