using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Reports.Filters;

/// <summary>Says a condition in SQL, with every value bound.</summary>
internal static class ConditionSql
{
    private static readonly FrozenDictionary<string, string> Operators = SqlText.Load("Filters/Operators")
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Skip(1)
        .Select(section => section.Trim().Split('\n'))
        .ToFrozenDictionary(lines => lines[0]["-- ".Length..], lines => lines[1]);

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
            var isList = compare.Operator is Operator.In or Operator.NotIn;
            var text = Operators[isList ? ListOperator(compare) : compare.Operator.ToString()];
            return text.With("column", column(compare.Field)).With(
                isList ? "values" : "value", isList ? BindList(compare.Values) : Bind(compare.Values[0]));
        }

        private static string ListOperator(Condition<TField>.Compare compare) => (compare.Operator, compare.Values.Contains(null)) switch
        {
            (Operator.In, false) => "In",
            (Operator.In, true) => "InOrNull",
            (_, false) => "NotIn",
            _ => "NotInNorNull",
        };

        private string BindList(IReadOnlyList<object?> values) => values.OfType<object>().ToList() switch
        {
            [long, ..] numbers => Bind(numbers.Cast<long>().ToList()) + "::bigint[]",
            [double, ..] numbers => Bind(numbers.Cast<double>().ToList()) + "::double[]",
            var texts => Bind(texts.Cast<string>().ToList()) + "::varchar[]",
        };

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
