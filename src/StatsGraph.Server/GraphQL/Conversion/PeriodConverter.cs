using NodaTime;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Server.GraphQL.Conversion;

/// <summary>From <c>PeriodInput</c> to a request. Whether the period makes sense is decided where it is resolved.</summary>
internal static class PeriodConverter
{
    /// <exception cref="ReportException">The object has not exactly one key with a value.</exception>
    public static PeriodRequest Convert(IReadOnlyDictionary<string, object?> input)
    {
        if (input.Count != 1 || input.Values.Single() is not { } value)
        {
            var keys = string.Join(", ", input.Keys.Order(StringComparer.Ordinal));
            throw new ReportException(
                ReportErrorCodes.Period,
                "A period has exactly one of preset, month, days and instants, not null; "
                + $"this one has {(keys.Length == 0 ? "none" : keys)}.",
                keys);
        }

        return input.Keys.Single() switch
        {
            "preset" => new PeriodRequest.Preset((PeriodPreset)value),
            "month" => new PeriodRequest.Month((string)value),
            "days" => Range<LocalDate, PeriodRequest>(value, (from, to) => new PeriodRequest.Days(from, to)),
            "instants" => Range<Instant, PeriodRequest>(value, (from, to) => new PeriodRequest.Instants(from, to)),
            var key => throw new ArgumentException($"PeriodInput has no key '{key}'.", nameof(input)),
        };
    }

    private static TResult Range<TBound, TResult>(object value, Func<TBound, TBound, TResult> make)
    {
        var range = InputObjects.AsObject(value)!;
        return make((TBound)range["from"]!, (TBound)range["to"]!);
    }
}
