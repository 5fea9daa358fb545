using System.Globalization;
using GraphQL.Validation;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>The error that answering would take more than is allowed.</summary>
internal sealed class CostExceeded : ValidationError
{
    /// <param name="kind">Which of the two costs: <c>field</c> or <c>type</c>.</param>
    /// <param name="cost">What it would take.</param>
    /// <param name="limit">What is allowed.</param>
    /// <param name="setting">Name of the limit.</param>
    /// <param name="less">What to ask for instead.</param>
    public CostExceeded(string kind, double cost, double limit, string setting, string less)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The maximum allowed {kind} cost was exceeded: the operation has {cost}, and at most {limit} is allowed (setting Server:Limits:{setting}). Ask for {less}."))
    {
        Code = ErrorCodes.CostExceeded;
        Numbers = new() { [kind + "Cost"] = cost, ["max" + char.ToUpperInvariant(kind[0]) + kind[1..] + "Cost"] = limit };
    }

    /// <summary>The cost and the limit, by HotChocolate's names: <c>fieldCost</c> and <c>maxFieldCost</c>.</summary>
    public Dictionary<string, object?> Numbers { get; }
}
