namespace StatsGraph.Reports.Figures;

/// <summary>
/// The figures of one row. Each is computed when it is first asked for, for all rows of the same list at once.
/// All rows of all lists of a report see the same sessions.
/// </summary>
public sealed class Metrics
{
    /// <summary>Sessions that started in the period.</summary>
    public Task<long> SessionsAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Visits whose first session started in the period and passes the filter.</summary>
    public Task<long> VisitsAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Distinct listeners with a session that overlaps the period or started in it.</summary>
    public Task<long> ListenersAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Aggregate tuning hours inside the period.</summary>
    public Task<double> TuningHoursAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Mean full duration, in seconds, of the sessions that started in the period; null when there is none.</summary>
    public Task<double?> AverageDurationAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Quantile of the same durations, linear between the closest ranks, at (n-1)p.</summary>
    /// <exception cref="ReportException"><paramref name="p"/> is not within 0 and 1.</exception>
    public Task<double?> DurationQuantileAsync(double p, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Listening seconds over seconds of the period, of a running one up to dataThrough.</summary>
    public Task<double> AverageConcurrentAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Listeners with at least 5 minutes in a quarter hour, averaged over the whole quarter hours of the period.</summary>
    public Task<double> AverageQuarterHourAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Most sessions open at one instant.</summary>
    public Task<Peak> PeakConcurrentAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Bytes of the sessions that started in the period.</summary>
    public Task<double> BytesAsync(CancellationToken cancellation) => throw new NotImplementedException();
}
