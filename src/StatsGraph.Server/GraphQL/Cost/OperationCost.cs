namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>What answering an operation takes at most, as far as its text and variables tell.</summary>
/// <param name="FieldCost">Work: the weights of its fields. A weight of 1 is about a millisecond on ten million sessions.</param>
/// <param name="TypeCost">Size of the answer: objects.</param>
internal readonly record struct OperationCost(double FieldCost, double TypeCost)
{
    /// <summary>Name of the key in the extensions of answers; HotChocolate's.</summary>
    public const string Key = "operationCost";

    /// <summary>Both numbers by HotChocolate's names.</summary>
    public Dictionary<string, object?> Told() => new() { ["fieldCost"] = FieldCost, ["typeCost"] = TypeCost };

    /// <summary>The error that it is over a limit, or null.</summary>
    public CostExceeded? Over(GraphQLLimits limits)
        => FieldCost > limits.MaximumFieldCost
            ? new CostExceeded("field", FieldCost, limits.MaximumFieldCost, nameof(limits.MaximumFieldCost), "fewer figures, lists or sites")
            : TypeCost > limits.MaximumTypeCost
                ? new CostExceeded("type", TypeCost, limits.MaximumTypeCost, nameof(limits.MaximumTypeCost), "shorter pages or wider intervals")
                : null;
}

/// <summary>What is to be done about the cost of a request, as its header <c>GraphQL-Cost</c> says.</summary>
internal enum CostMode
{
    /// <summary>It has to be within the limits.</summary>
    Enforced,

    /// <summary>The same, and the answer tells it.</summary>
    Reported,

    /// <summary>It is told, whatever it is, and nothing is executed.</summary>
    Validated,
}
