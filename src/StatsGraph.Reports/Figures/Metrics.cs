namespace StatsGraph.Reports.Figures;

/// <summary>
/// The figures of one row. Each is computed when it is first asked for, for all rows of the same list at once.
/// All rows of all lists of a report see the same sessions.
/// </summary>
public sealed class Metrics
{
    private readonly MetricsBatch batch;
    private readonly RowKey row;

    internal Metrics(MetricsBatch batch, RowKey row) => (this.batch, this.row) = (batch, row);

    /// <summary>Sessions that started in the period.</summary>
    public async Task<long> SessionsAsync(CancellationToken cancellation) => (await batch.TotalsAsync(row, cancellation)).Sessions;

    /// <summary>Visits whose first session started in the period and passes the filter.</summary>
    public async Task<long> VisitsAsync(CancellationToken cancellation) => (await batch.TotalsAsync(row, cancellation)).Visits;

    /// <summary>Distinct listeners with a session that overlaps the period or started in it.</summary>
    public Task<long> ListenersAsync(CancellationToken cancellation) => batch.ListenersAsync(row, cancellation);

    /// <summary>Aggregate tuning hours inside the period.</summary>
    public async Task<double> TuningHoursAsync(CancellationToken cancellation) =>
        (await batch.TotalsAsync(row, cancellation)).TuningHours;

    /// <summary>The same in whole seconds: the overlap of all sessions with the period.</summary>
    public async Task<long> ListeningSecondsAsync(CancellationToken cancellation) =>
        (await batch.TotalsAsync(row, cancellation)).ListeningSeconds;

    /// <summary>Mean full duration, in seconds, of the sessions that started in the period; null when there is none.</summary>
    public async Task<double?> AverageDurationAsync(CancellationToken cancellation) =>
        (await batch.TotalsAsync(row, cancellation)).AverageDuration;

    /// <summary>Quantile of the same durations, linear between the closest ranks, at (n-1)p.</summary>
    /// <exception cref="ReportException"><paramref name="p"/> is not within 0 and 1.</exception>
    public Task<double?> DurationQuantileAsync(double p, CancellationToken cancellation) => p is >= 0 and <= 1
        ? batch.QuantileAsync(row, p, cancellation)
        : throw new ReportException(
            ReportErrorCodes.Quantile, FormattableString.Invariant($"There is no quantile {p}; expected p from 0 to 1."),
            FormattableString.Invariant($"{p}"));

    /// <summary>Listening seconds over seconds of the period, of a running one up to the end of the data.</summary>
    public Task<double> AverageConcurrentAsync(CancellationToken cancellation) => batch.AverageConcurrentAsync(row, cancellation);

    /// <summary>Listeners with at least 5 minutes in a quarter hour, averaged over the whole quarter hours of the period.</summary>
    public Task<double> AverageQuarterHourAsync(CancellationToken cancellation) => batch.AverageQuarterHourAsync(row, cancellation);

    /// <summary>Most sessions open at one instant.</summary>
    public Task<Peak> PeakConcurrentAsync(CancellationToken cancellation) => batch.PeakAsync(row, cancellation);

    /// <summary>Bytes of the sessions that started in the period.</summary>
    public async Task<double> BytesAsync(CancellationToken cancellation) => (double)(await batch.TotalsAsync(row, cancellation)).Bytes;
}
