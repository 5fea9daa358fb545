using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>One step of an order: an object with one key, the metric, and its direction.</summary>
internal abstract class SortInputType : InputObjectGraphType
{
    protected SortInputType(string name, string description) => (Name, Description) = (name, description);

    protected void Metric(string name, string description) => Field<SortEnumType>(name).Description(description);

    /// <summary>Prints a default value, which is kept as it is read: metric to direction.</summary>
    public override GraphQLValue ToAST(object? value)
    {
        var fields = ((IDictionary<string, object?>)value!).Select(
            step => new GraphQLObjectField(new GraphQLName(step.Key), Fields.Find(step.Key)!.ResolvedType!.ToAST(step.Value)));
        return new GraphQLObjectValue { Fields = fields.ToList() };
    }

    public override bool IsValidDefault(object value)
        => value is IDictionary<string, object?> step && step.Count == 1 && Fields.Find(step.Keys.Single()) is not null;
}

internal sealed class MetricSortInputType : SortInputType
{
    public MetricSortInputType()
        : base("MetricSortInput", "A step of an order. Exactly one key an object; several objects order one after the other. "
            + "Rows that are equal in all of them are ordered by key, and those without the metric come last.")
    {
        Metric("key", "By the row's key: text by its characters, time by time.");
        Metric("sessions", "By sessions.");
        Metric("visits", "By visits.");
        Metric("listeners", "By distinct listeners.");
        Metric("tuningHours", "By aggregate tuning hours.");
        Metric("averageDuration", "By average duration.");
    }
}

internal sealed class ErrorSortInputType : SortInputType
{
    public ErrorSortInputType()
        : base("ErrorSortInput", "A step of an order. Exactly one key an object; several objects order one after the other.")
    {
        Metric("requests", "By the number of requests.");
        Metric("status", "By HTTP status.");
        Metric("lastSeen", "By the start of the latest request.");
    }
}

internal sealed class PlaySortInputType : SortInputType
{
    public PlaySortInputType()
        : base("PlaySortInput", "A step of an order. Exactly one key an object; several objects order one after the other.")
    {
        Metric("start", "By the start.");
        Metric("performances", "By performances.");
        Metric("tuningHours", "By hours of listening.");
        Metric("artist", "By artist.");
        Metric("title", "By title.");
    }
}

internal sealed class TrackSortInputType : SortInputType
{
    public TrackSortInputType()
        : base("TrackSortInput", "A step of an order. Exactly one key an object; several objects order one after the other.")
    {
        Metric("performances", "By performances.");
        Metric("plays", "By the number of plays.");
        Metric("tuningHours", "By hours of listening.");
        Metric("artist", "By artist.");
        Metric("title", "By title.");
    }
}
