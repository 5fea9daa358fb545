namespace StatsGraph.Server.Tables;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>A text; also a date, and a value of an enumeration.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A number in double precision.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>An instant, to the second.</summary>
    Instant,
}

/// <summary>A column of a table; every value may be missing.</summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="Kind">What its values are.</param>
public sealed record FlatColumn(string Name, ColumnKind Kind);

/// <summary>An answer as a table.</summary>
/// <param name="Columns">The columns, in the order in which the document asks for them.</param>
/// <param name="Rows">
/// One value a column, by its kind a <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or
/// <see cref="DateTimeOffset"/> in UTC; or null.
/// </param>
public sealed record FlatTable(IReadOnlyList<FlatColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>An answer that is no table. The message says why, and names the fields.</summary>
public sealed class NoTableException(string message) : Exception(message);
