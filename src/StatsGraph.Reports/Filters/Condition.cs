namespace StatsGraph.Reports.Filters;

/// <summary>A condition on rows that have the fields of <typeparamref name="TField"/>.</summary>
/// <typeparam name="TField">Enumeration of the fields.</typeparam>
public abstract record Condition<TField>
    where TField : struct, Enum
{
    private Condition()
    {
    }

    /// <summary>True when all parts are; an empty list is true.</summary>
    public sealed record All(IReadOnlyList<Condition<TField>> Parts) : Condition<TField>;

    /// <summary>True when any part is; an empty list is no condition and so true.</summary>
    public sealed record Any(IReadOnlyList<Condition<TField>> Parts) : Condition<TField>;

    /// <summary>Compares a field. Negations match null.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Operator">The comparison.</param>
    /// <param name="Values">One value, or for <see cref="Operator.In"/> and <see cref="Operator.NotIn"/> any number:
    /// <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or null, as the field has it.</param>
    public sealed record Compare(TField Field, Operator Operator, IReadOnlyList<object?> Values) : Condition<TField>;
}

/// <summary>A comparison of a field with values.</summary>
public enum Operator
{
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>What sessions can be filtered by.</summary>
public enum SessionField
{
    Mount,
    EntryMount,
    Country,
    Region,
    City,
    Referrer,
    Player,
    UserAgent,

    /// <summary>Full duration in seconds.</summary>
    DurationSeconds,

    /// <summary>0-23, of the session's start in the report's zone.</summary>
    HourOfDay,

    /// <summary>A <c>RequestKind</c>, as the lake's text: listener, relay, bot.</summary>
    Kind,
}

/// <summary>What the rows of a list can be filtered by, after aggregation.</summary>
public enum GroupField
{
    /// <summary>The row's key; of several dimensions, the first one's.</summary>
    Key,
    Sessions,
    Visits,

    /// <summary>Hours, a <see cref="double"/>.</summary>
    TuningHours,
}
