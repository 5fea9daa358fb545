namespace StatsGraph.Reports.Filters;

/// <summary>What the operators of filters mean, as in Filters/Operators.sql: negations match null, and each is the exact opposite.</summary>
internal static class Matching
{
    /// <summary>Whether a value passes a comparison.</summary>
    /// <param name="compare">The operator and its values.</param>
    /// <param name="value">Null, <see cref="string"/>, <see cref="long"/> or <see cref="double"/>, as the field has it.</param>
    public static bool Passes<TField>(this Condition<TField>.Compare compare, object? value)
        where TField : struct, Enum => compare.Operator switch
        {
            Operator.Equal => Equals(value, compare.Values[0]),
            Operator.NotEqual => !Equals(value, compare.Values[0]),
            Operator.In => compare.Values.Contains(value),
            Operator.NotIn => !compare.Values.Contains(value),
            Operator.Contains => Text(value)?.Contains(Operand(compare), StringComparison.Ordinal) ?? false,
            Operator.NotContains => !(Text(value)?.Contains(Operand(compare), StringComparison.Ordinal) ?? false),
            Operator.StartsWith => Text(value)?.StartsWith(Operand(compare), StringComparison.Ordinal) ?? false,
            Operator.NotStartsWith => !(Text(value)?.StartsWith(Operand(compare), StringComparison.Ordinal) ?? false),
            Operator.EndsWith => Text(value)?.EndsWith(Operand(compare), StringComparison.Ordinal) ?? false,
            Operator.NotEndsWith => !(Text(value)?.EndsWith(Operand(compare), StringComparison.Ordinal) ?? false),
            Operator.Greater => Order(value, compare) > 0,
            Operator.GreaterOrEqual => Order(value, compare) >= 0,
            Operator.Less => Order(value, compare) < 0,
            Operator.LessOrEqual => Order(value, compare) <= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Operator, "Expected an operator."),
        };

    /// <summary>Whether a row passes a condition; no condition lets all pass.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="value">The row's value of a field.</param>
    public static bool Passes<TField>(this Condition<TField>? condition, Func<TField, object?> value)
        where TField : struct, Enum => condition switch
        {
            Condition<TField>.All all => all.Parts.All(part => part.Passes(value)),
            Condition<TField>.Any any => any.Parts.Count == 0 || any.Parts.Any(part => part.Passes(value)),
            Condition<TField>.Compare compare => compare.Passes(value(compare.Field)),
            _ => true,
        };

    private static string? Text(object? value) => (string?)value;

    private static string Operand<TField>(Condition<TField>.Compare compare)
        where TField : struct, Enum => (string)compare.Values[0]!;

    /// <summary>Null for values that have no order among each other.</summary>
    private static int? Order<TField>(object? value, Condition<TField>.Compare compare)
        where TField : struct, Enum => (value, compare.Values[0]) switch
        {
            (long number, long limit) => number.CompareTo(limit),
            (double number, double limit) => number.CompareTo(limit),
            (string text, string limit) => SortOrder.CompareTexts(text, limit),
            _ => null,
        };
}
