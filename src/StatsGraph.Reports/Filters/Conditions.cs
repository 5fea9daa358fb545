namespace StatsGraph.Reports.Filters;

/// <summary>Questions about conditions as a whole.</summary>
internal static class Conditions
{
    /// <summary>Whether the condition compares the field anywhere.</summary>
    public static bool Names<TField>(this Condition<TField>? condition, TField field)
        where TField : struct, Enum => condition switch
        {
            Condition<TField>.All all => all.Parts.Any(part => part.Names(field)),
            Condition<TField>.Any any => any.Parts.Any(part => part.Names(field)),
            Condition<TField>.Compare compare => EqualityComparer<TField>.Default.Equals(compare.Field, field),
            _ => false,
        };

    /// <summary>The condition without its comparisons of some fields; null when that leaves nothing of it.</summary>
    public static Condition<TField>? Without<TField>(this Condition<TField>? condition, params TField[] fields)
        where TField : struct, Enum => condition switch
        {
            Condition<TField>.All { Parts.Count: > 0 } all => Keep(all.Parts, fields) is { Count: > 0 } parts ? new Condition<TField>.All(parts) : null,
            Condition<TField>.Any { Parts.Count: > 0 } any => Keep(any.Parts, fields) is { Count: > 0 } parts ? new Condition<TField>.Any(parts) : null,
            Condition<TField>.Compare compare => fields.Contains(compare.Field) ? null : compare,
            _ => condition,
        };

    /// <summary>The filter of a report: sessions of listeners only, unless the condition names a kind anywhere.</summary>
    public static Condition<SessionField> OfListeners(this Condition<SessionField>? condition)
    {
        if (condition.Names(SessionField.Kind))
            return condition!;
        var listeners = new Condition<SessionField>.Compare(
            SessionField.Kind, Operator.Equal, [Lake.LineClassNames.Text(Lake.LineClass.Listener)]);
        return condition is null ? listeners : new Condition<SessionField>.All([listeners, condition]);
    }

    /// <summary>Whether the condition lets all sessions of listeners pass and no others, by its form.</summary>
    public static bool IsListenersOnly(this Condition<SessionField> condition) => condition switch
    {
        Condition<SessionField>.All { Parts.Count: > 0 } all => all.Parts.Count(part => !IsTrue(part)) == 1 && all.Parts.Single(part => !IsTrue(part)).IsListenersOnly(),
        Condition<SessionField>.Compare { Field: SessionField.Kind, Operator: Operator.Equal } compare
            => compare.Values[0] is string kind && kind == Lake.LineClassNames.Text(Lake.LineClass.Listener),
        _ => false,
    };

    /// <summary>Refuses comparisons that have no answer.</summary>
    /// <exception cref="ReportException">An operator that needs a value is given null.</exception>
    public static void Check<TField>(this Condition<TField>? condition)
        where TField : struct, Enum
    {
        switch (condition)
        {
            case Condition<TField>.All all:
                foreach (var part in all.Parts)
                    part.Check();
                break;
            case Condition<TField>.Any any:
                foreach (var part in any.Parts)
                    part.Check();
                break;
            case Condition<TField>.Compare { Operator: not (Operator.Equal or Operator.NotEqual or Operator.In or Operator.NotIn) } compare
                when compare.Values[0] is null:
                throw new ReportException(
                    ReportErrorCodes.Filter, $"The filter on {compare.Field.ConstantName()} compares with null: {compare.Operator.ConstantName()} needs a value.");
        }
    }

    private static bool IsTrue(Condition<SessionField> condition) =>
        condition is Condition<SessionField>.All { Parts: var all } ? all.All(IsTrue) : condition is Condition<SessionField>.Any { Parts.Count: 0 };

    private static List<Condition<TField>> Keep<TField>(IReadOnlyList<Condition<TField>> parts, TField[] fields)
        where TField : struct, Enum => parts.Select(part => part.Without(fields)).OfType<Condition<TField>>().ToList();
}
