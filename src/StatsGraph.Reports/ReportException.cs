namespace StatsGraph.Reports;

/// <summary>A question that has no answer because an argument is wrong. The message names the value and what is allowed.</summary>
public sealed class ReportException : Exception
{
    /// <param name="code">Machine-readable code, for example <c>PERIOD_INVALID</c>.</param>
    /// <param name="message">For the person who asked.</param>
    /// <param name="value">The offending value, as text.</param>
    /// <param name="limit">The limit that the question is over, where it is over one.</param>
    public ReportException(string code, string message, string? value = null, long? limit = null)
        : base(message) => (Code, Value, Limit) = (code, value, limit);

    /// <summary>One of <see cref="ReportErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The offending value, as text.</summary>
    public string? Value { get; }

    /// <summary>The limit that the question is over, in whatever is counted; null where it is over none.</summary>
    public long? Limit { get; }
}

/// <summary>The codes of <see cref="ReportException"/>.</summary>
public static class ReportErrorCodes
{
    public const string Period = "PERIOD_INVALID";
    public const string TimeZone = "TIME_ZONE_UNKNOWN";
    public const string MinDuration = "MIN_DURATION_INVALID";
    public const string Interval = "INTERVAL_TOO_FINE";
    public const string Dimensions = "DIMENSIONS_INVALID";
    public const string Filter = "FILTER_INVALID";
    public const string Order = "ORDER_INVALID";
    public const string Quantile = "QUANTILE_INVALID";
    public const string Cursor = "CURSOR_INVALID";

    /// <summary>HotChocolate's code for a page larger than is allowed.</summary>
    public const string PageSize = "HC0051";
    public const string PageSizeNegative = "PAGE_SIZE_INVALID";
    public const string TooManyGroups = "TOO_MANY_GROUPS";

    /// <summary>A subscription is to a site that is not there.</summary>
    public const string SiteNotFound = "SITE_NOT_FOUND";
}
