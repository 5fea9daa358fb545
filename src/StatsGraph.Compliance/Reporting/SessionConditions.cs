using StatsGraph.Compliance.Profiles;
using StatsGraph.Lake;
using StatsGraph.Reports.Filters;

namespace StatsGraph.Compliance;

/// <summary>Which part of a report's sessions, by their country.</summary>
internal enum Place
{
    /// <summary>All of them.</summary>
    Anywhere,

    /// <summary>The countries of the territory; without one, all that are known.</summary>
    Territory,

    /// <summary>The other countries; without a territory, none.</summary>
    Outside,

    /// <summary>No country is known.</summary>
    Unknown,
}

/// <summary>The rules of a profile as conditions on sessions.</summary>
internal static class SessionConditions
{
    /// <summary>The sessions of a part; null where it has none by the rules.</summary>
    /// <param name="profile">The rules.</param>
    /// <param name="place">The part.</param>
    /// <param name="more">Further conditions.</param>
    public static Condition<SessionField>? Of(ComplianceProfile profile, Place place, params Condition<SessionField>?[] more)
    {
        if (place == Place.Outside && profile.Territory is null)
            return null;
        Condition<SessionField>?[] parts = [Kinds(profile), .. Countries(profile, place), .. more];
        return new Condition<SessionField>.All([.. parts.OfType<Condition<SessionField>>()]);
    }

    /// <summary>The sessions on some mounts.</summary>
    public static Condition<SessionField> On(IReadOnlyList<string> mounts) => new Condition<SessionField>.Compare(SessionField.Mount, Operator.In, [.. mounts]);

    /// <summary>The sessions that lasted.</summary>
    public static Condition<SessionField> Lasting { get; } = new Condition<SessionField>.Compare(SessionField.DurationSeconds, Operator.Greater, [0L]);

    /// <summary>Classes of lines that count.</summary>
    public static IReadOnlyList<LineClass> Classes(ComplianceProfile profile) =>
    [
        LineClass.Listener,
        .. profile.ExcludedKinds.Contains(SessionKind.Relay) ? (LineClass[])[] : [LineClass.Relay],
        .. profile.ExcludedKinds.Contains(SessionKind.Bot) ? (LineClass[])[] : [LineClass.Bot],
    ];

    private static Condition<SessionField> Kinds(ComplianceProfile profile) => Classes(profile) is [var one]
        ? Compare(SessionField.Kind, Operator.Equal, one.Text())
        : Compare(SessionField.Kind, Operator.In, [.. Classes(profile).Select(kind => kind.Text())]);

    private static IEnumerable<Condition<SessionField>> Countries(ComplianceProfile profile, Place place)
    {
        object?[] countries = [.. profile.Territory?.Countries ?? []];
        return (place, profile.Territory) switch
        {
            (Place.Territory, null) => [Compare(SessionField.Country, Operator.NotEqual, (string?)null)],
            (Place.Territory, _) => [Compare(SessionField.Country, Operator.In, countries)],
            // A negation matches the unknown, which are a part of their own.
            (Place.Outside, _) =>
            [
                Compare(SessionField.Country, Operator.NotIn, countries), Compare(SessionField.Country, Operator.NotEqual, (string?)null),
            ],
            (Place.Unknown, _) => [Compare(SessionField.Country, Operator.Equal, (string?)null)],
            _ => [],
        };
    }

    private static Condition<SessionField>.Compare Compare(SessionField field, Operator comparison, params object?[] values) => new(field, comparison, values);

    private static Condition<SessionField>.Compare Compare(SessionField field, Operator comparison, string? value) => new(field, comparison, [value]);
}
