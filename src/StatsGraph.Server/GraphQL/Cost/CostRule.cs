using System.Globalization;
using GraphQL.Validation;
using NodaTime;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>
/// Finds the cost of an operation once it is known to be valid, takes it from what the asker may have computed, and refuses it where it is over the
/// limits or more than is left.
/// </summary>
/// <param name="limits">What is allowed.</param>
/// <param name="options">How long periods and series may be.</param>
/// <param name="now">The present, which periods by name are relative to.</param>
/// <param name="mode">What is to be done about the cost.</param>
/// <param name="budget">What the asker may still have computed.</param>
internal sealed class CostRule(GraphQLLimits limits, ReportOptions options, Instant now, CostMode mode, CostBudget budget) : IValidationRule
{
    /// <summary>The cost; null while no valid operation has been seen.</summary>
    public OperationCost? Cost { get; private set; }

    /// <summary>How long the asker has to wait until there is enough left; null where there was.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    public ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => default;

    public ValueTask<IVariableVisitor?> GetVariableVisitorAsync(ValidationContext context) => default;

    /// <summary>Called when all of the document is valid and its arguments are read; needs to visit nothing once more.</summary>
    public ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        if (!context.HasErrors)
        {
            var cost = CostAnalysis.Of(context, options, now);
            Cost = cost;
            if (mode != CostMode.Validated && (cost.Over(limits) ?? Take(cost)) is { } error)
            {
                context.ReportError(error);
            }
        }

        return default;
    }

    private ValidationError? Take(OperationCost cost)
    {
        if (budget.TryTake((int)Math.Ceiling(cost.FieldCost), out var wait))
        {
            return null;
        }

        RetryAfter = wait;
        return new ValidationError(string.Create(
            CultureInfo.InvariantCulture,
            $"This asker has had too much computed within a minute (setting Server:Limits:{nameof(CallerLimits.CostPerMinute)}): there is not enough left for a field cost of {cost.FieldCost}. Ask again later, or for less."))
        {
            Code = ErrorCodes.TooMuchCost,
        };
    }
}
