using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class LimitsType : ObjectGraphType<RequestScope>
{
    public LimitsType()
    {
        Name = "Limits";
        Description = "What one request may ask for. One that asks for more is refused with an error that has the limit in its extensions.";
        Add("fieldCost", "Highest field cost of an operation: the weights (`@cost`) of all its fields, where 1 is about a millisecond on ten "
            + "million sessions. A request with the header `GraphQL-Cost: validate` tells the cost of its operation and executes nothing; "
            + "with `GraphQL-Cost: report` it is executed and tells both costs.", request => request.Limits.MaximumFieldCost);
        Add("typeCost", "Highest type cost of an operation: the objects that its answer can have.", request => request.Limits.MaximumTypeCost);
        Add("bytes", "Most bytes of a request's body.", request => request.Limits.MaximumBytes);
        Add("fields", "Most fields of a document, those of fragments counted as often as they are spread.", request => request.Limits.MaximumFields);
        Add("rootFields", "Most fields at the root of an operation, each alias one of its own.", request => request.Limits.MaximumRootFields);
        Add("depth", "Most fields within one another.", request => request.Limits.MaximumDepth);
        Add("listItems", "Most items of one list, in an argument or a variable.", request => request.Limits.MaximumListItems);
        Add("errors", "Most errors that an answer tells; the first ones.", request => request.Limits.MaximumErrors);
        Add("pageSize", "Most rows of one page of a list.", _ => PageRequest.MaximumSize);
        Add("buckets", "Most buckets of a time series.", request => request.Reports.MaximumBuckets);
        Add("groups", "Most groups of a list, all pages together.", request => request.Reports.MaximumGroups);
        Add("periodYears", "Longest period of a report, in years.", request => request.Reports.MaximumYears);
        Field<NonNullGraphType<FloatGraphType>>("seconds")
            .Description("Longest time, in seconds, that answering may take. Fields that are not finished by then are null, with an error of the "
                + "code `TIMEOUT`.")
            .Resolve(c => c.Source.Reports.QueryTimeout.TotalSeconds);
    }

    private void Add(string name, string description, Func<RequestScope, int> limit)
        => Field<NonNullGraphType<IntGraphType>>(name).Description(description).Resolve(c => limit(c.Source));
}
