using NodaTime;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Compliance;

/// <summary>
/// Sessions that started in a period or were open when it began. One that is open in the first second adds a second of listening to it, and either
/// started in it or before.
/// </summary>
internal static class ActiveSessions
{
    /// <summary>The first second of a period, of which the <see cref="SessionConditions.Lasting"/> sessions are asked for.</summary>
    public static PeriodRequest FirstSecond(ResolvedPeriod period) => new PeriodRequest.Instants(period.From, period.From + Duration.FromSeconds(1));

    /// <summary>Their number.</summary>
    /// <param name="period">The sessions of the period.</param>
    /// <param name="first">The lasting ones of its first second.</param>
    public static long Of(Listening period, Listening first) => period.Sessions + first.ListeningSeconds - first.Sessions;
}
