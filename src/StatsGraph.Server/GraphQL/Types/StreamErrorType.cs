using GraphQL.Types;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class StreamErrorType : ObjectGraphType<StreamError>
{
    public StreamErrorType()
    {
        Name = "StreamError";
        Description = "Requests for one path that were refused with one status. They add nothing to any figure.";
        Field<NonNullGraphType<IntGraphType>>("status").Description("HTTP status, 300 and above.").Resolve(c => c.Source.Status);
        Field<NonNullGraphType<StringGraphType>>("path")
            .Description("The path that was asked for, without its query string.").Resolve(c => c.Source.Path);
        Field<NonNullGraphType<LongScalar>>("requests")
            .Description("Refused requests of that path and status that started in the period.").Resolve(c => c.Source.Requests);
        Field<NonNullGraphType<DateTimeScalar>>("lastSeen")
            .Description("Start of the latest of them.").Resolve(c => c.Source.LastSeen);
    }
}
