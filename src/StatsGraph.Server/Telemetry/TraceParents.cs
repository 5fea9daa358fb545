using System.Diagnostics;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// Takes from a request the trace that it belongs to and nothing else: what its client hangs on it besides (state, baggage) would be copied into
/// traces, whatever it says.
/// </summary>
internal sealed class TraceParents : DistributedContextPropagator
{
    private const string Header = "traceparent";

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields { get; } = [Header];

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity?.Id is { } id && activity.IdFormat == ActivityIdFormat.W3C)
        {
            setter?.Invoke(carrier, Header, id);
        }
    }

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        getter?.Invoke(carrier, Header, out traceId, out _);
        if (!ActivityContext.TryParse(traceId, null, out _))
        {
            traceId = null;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
