using System.Globalization;
using System.Text;

namespace StatsGraph.Reports.Filters;

/// <summary>Says a condition in SQL, with every value bound.</summary>
internal static class ConditionSql
{
    /// <summary>Columns of the session table by field.</summary>
    public static string Column(SessionField field) => field switch
    {
        SessionField.Mount => "mount",
        SessionField.EntryMount => "entry_mount",
        SessionField.Country => "country",
        SessionField.Region => "region",
        SessionField.City => "city",
        SessionField.Referrer => "referrer",
        SessionField.Player => "player",
        SessionField.UserAgent => "user_agent",
        SessionField.DurationSeconds => "duration",
        SessionField.HourOfDay => "hour_of_day",
        SessionField.Kind => "kind",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Expected a field of sessions."),
    };

    /// <summary>Columns of the ranked groups by field.</summary>
    public static string Column(GroupField field) => field switch
    {
        GroupField.Key => "key",
        GroupField.Sessions => "sessions",
        GroupField.Visits => "visits",
        GroupField.TuningHours => "tuning_hours",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Expected a field of groups."),
    };

    /// <summary>Writes the condition; no condition is <c>true</c>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="column">Column of a field.</param>
    /// <param name="prefix">Beginning of the names of its parameters.</param>
    /// <returns>The SQL and the values of its parameters.</returns>
    public static (string Sql, IReadOnlyDictionary<string, object?> Values) Write<TField>(
        Condition<TField>? condition, Func<TField, string> column, string prefix)
        where TField : struct, Enum
    {
        var writer = new Writer<TField>(column, prefix);
        if (condition is null)
            return ("true", writer.Values);
        writer.Append(condition);
        return (writer.Sql.ToString(), writer.Values);
    }

    private sealed class Writer<TField>(Func<TField, string> column, string prefix)
        where TField : struct, Enum
    {
        public StringBuilder Sql { get; } = new();

        public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

        public void Append(Condition<TField> condition)
        {
            switch (condition)
            {
                case Condition<TField>.All all:
                    AppendJoined(all.Parts, " and ");
                    break;
                case Condition<TField>.Any any:
                    AppendJoined(any.Parts, " or ");
                    break;
                case Condition<TField>.Compare compare:
                    Sql.Append(Compare(compare));
                    break;
            }
        }

        private void AppendJoined(IReadOnlyList<Condition<TField>> parts, string separator)
        {
            if (parts.Count == 0)
            {
                Sql.Append("true");
                return;
            }

            Sql.Append('(');
            for (var index = 0; index < parts.Count; index++)
            {
                if (index > 0)
                    Sql.Append(separator);
                Append(parts[index]);
            }

            Sql.Append(')');
        }

        private string Compare(Condition<TField>.Compare compare)
        {
            var name = column(compare.Field);
            return compare.Operator switch
            {
                Operator.Equal => $"({name} is not distinct from {Bind(compare.Values[0])})",
                Operator.NotEqual => $"({name} is distinct from {Bind(compare.Values[0])})",
                Operator.In => $"({In(name, compare.Values)})",
                Operator.NotIn => $"(not ({In(name, compare.Values)}))",
                Operator.Contains => $"coalesce(contains({name}, {Bind(compare.Values[0])}), false)",
                Operator.NotContains => $"coalesce(not contains({name}, {Bind(compare.Values[0])}), true)",
                Operator.StartsWith => $"coalesce(starts_with({name}, {Bind(compare.Values[0])}), false)",
                Operator.NotStartsWith => $"coalesce(not starts_with({name}, {Bind(compare.Values[0])}), true)",
                Operator.EndsWith => $"coalesce(ends_with({name}, {Bind(compare.Values[0])}), false)",
                Operator.NotEndsWith => $"coalesce(not ends_with({name}, {Bind(compare.Values[0])}), true)",
                Operator.Greater => $"({name} > {Bind(compare.Values[0])})",
                Operator.GreaterOrEqual => $"({name} >= {Bind(compare.Values[0])})",
                Operator.Less => $"({name} < {Bind(compare.Values[0])})",
                Operator.LessOrEqual => $"({name} <= {Bind(compare.Values[0])})",
                _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Operator, "Expected an operator of filters."),
            };
        }

        // Never null itself, so that a negation is its exact opposite.
        private string In(string name, IReadOnlyList<object?> values)
        {
            var known = values.Where(value => value is not null).ToList();
            var listed = known switch
            {
                [] => "false",
                [string, ..] => $"coalesce(list_contains({Bind(known.Cast<string>().ToList())}::varchar[], {name}), false)",
                [long, ..] => $"coalesce(list_contains({Bind(known.Cast<long>().ToList())}::bigint[], {name}), false)",
                _ => $"coalesce(list_contains({Bind(known.Cast<double>().ToList())}::double[], {name}), false)",
            };
            return known.Count < values.Count ? $"{listed} or {name} is null" : listed;
        }

        private string Bind(object? value)
        {
            if (value is null)
                return "null";
            var name = prefix + Values.Count.ToString(CultureInfo.InvariantCulture);
            Values.Add(name, value);
            return "$" + name;
        }
    }
}
