using GraphQL.Validation;
using NodaTime;
using StatsGraph.Reports;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>Finds the cost of an operation once it is known to be valid, and refuses it where that is over the limits.</summary>
/// <param name="limits">What is allowed.</param>
/// <param name="options">How long periods and series may be.</param>
/// <param name="now">The present, which periods by name are relative to.</param>
/// <param name="mode">What is to be done about the cost.</param>
internal sealed class CostRule(GraphQLLimits limits, ReportOptions options, Instant now, CostMode mode) : IValidationRule
{
    /// <summary>The cost; null while no valid operation has been seen.</summary>
    public OperationCost? Cost { get; private set; }

    public ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => default;

    public ValueTask<IVariableVisitor?> GetVariableVisitorAsync(ValidationContext context) => default;

    /// <summary>Called when all of the document is valid and its arguments are read; needs to visit nothing once more.</summary>
    public ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        if (!context.HasErrors)
        {
            var cost = CostAnalysis.Of(context, options, now);
            Cost = cost;
            if (mode != CostMode.Validated && cost.Over(limits) is { } error)
            {
                context.ReportError(error);
            }
        }

        return default;
    }
}
