using StatsGraph.Server;

namespace StatsGraph.Configuration;

/// <summary>
/// Reads <c>Server:Limits</c>: what one request to the server may ask for, in settings that bear the names of <see cref="GraphQLLimits"/>, and how
/// much a caller may.
/// </summary>
internal static class LimitsReader
{
    /// <summary>Settings of what a caller may ask for; they bear the names of <see cref="CallerLimits"/>.</summary>
    public static readonly IReadOnlyList<string> CallerKeys =
        [nameof(CallerLimits.RequestsPerMinute), nameof(CallerLimits.RequestsAtOnce), nameof(CallerLimits.CostPerMinute)];

    /// <summary>Settings of what one request may ask for.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        nameof(GraphQLLimits.MaximumBytes), nameof(GraphQLLimits.MaximumQueryStringBytes), nameof(GraphQLLimits.MaximumFields),
        nameof(GraphQLLimits.MaximumRootFields), nameof(GraphQLLimits.MaximumDepth), nameof(GraphQLLimits.MaximumArguments),
        nameof(GraphQLLimits.MaximumDirectivesPerLocation), nameof(GraphQLLimits.MaximumDefinitions), nameof(GraphQLLimits.MaximumListItems),
        nameof(GraphQLLimits.MaximumValues), nameof(GraphQLLimits.MaximumValueDepth), nameof(GraphQLLimits.MaximumTextLength),
        nameof(GraphQLLimits.MaximumRepetitions), nameof(GraphQLLimits.MaximumLineLength), nameof(GraphQLLimits.MaximumErrors),
        nameof(GraphQLLimits.MaximumFieldCost), nameof(GraphQLLimits.MaximumTypeCost),
    ];

    /// <summary>Reads and checks what a caller may ask for.</summary>
    /// <exception cref="CommandException">A limit is out of its range; the message names it.</exception>
    public static CallerLimits ReadCallers(SettingsSection section)
    {
        var limits = new CallerLimits();
        return new CallerLimits
        {
            RequestsPerMinute = section.Integer(nameof(limits.RequestsPerMinute), limits.RequestsPerMinute, minimum: 1, maximum: 1_000_000),
            RequestsAtOnce = section.Integer(nameof(limits.RequestsAtOnce), limits.RequestsAtOnce, minimum: 1, maximum: 100_000),
            CostPerMinute = section.Integer(nameof(limits.CostPerMinute), limits.CostPerMinute, minimum: 1, maximum: 100_000_000),
        };
    }

    /// <summary>Reads and checks the limits of a request.</summary>
    /// <exception cref="CommandException">One is unknown or out of its range; the message names it.</exception>
    public static GraphQLLimits Read(SettingsSection section)
    {
        section.ThrowIfUnknownKeys([.. Keys, .. CallerKeys]);
        var limits = new GraphQLLimits();
        return new GraphQLLimits
        {
            MaximumBytes = section.Integer(nameof(limits.MaximumBytes), limits.MaximumBytes, minimum: 1_024, maximum: 64 << 20),
            MaximumQueryStringBytes = section.Integer(
                nameof(limits.MaximumQueryStringBytes), limits.MaximumQueryStringBytes, minimum: 256, maximum: 256 * 1024),
            MaximumFields = section.Integer(nameof(limits.MaximumFields), limits.MaximumFields, minimum: 1, maximum: 100_000),
            MaximumRootFields = section.Integer(nameof(limits.MaximumRootFields), limits.MaximumRootFields, minimum: 1, maximum: 10_000),
            MaximumDepth = section.Integer(nameof(limits.MaximumDepth), limits.MaximumDepth, minimum: 1, maximum: 50),
            MaximumArguments = section.Integer(nameof(limits.MaximumArguments), limits.MaximumArguments, minimum: 1, maximum: 100_000),
            MaximumDirectivesPerLocation = section.Integer(
                nameof(limits.MaximumDirectivesPerLocation), limits.MaximumDirectivesPerLocation, minimum: 0, maximum: 100),
            MaximumDefinitions = section.Integer(nameof(limits.MaximumDefinitions), limits.MaximumDefinitions, minimum: 1, maximum: 10_000),
            MaximumListItems = section.Integer(nameof(limits.MaximumListItems), limits.MaximumListItems, minimum: 1, maximum: 100_000),
            MaximumValues = section.Integer(nameof(limits.MaximumValues), limits.MaximumValues, minimum: 1, maximum: 1_000_000),
            MaximumValueDepth = section.Integer(nameof(limits.MaximumValueDepth), limits.MaximumValueDepth, minimum: 1, maximum: 32),
            MaximumTextLength = section.Integer(nameof(limits.MaximumTextLength), limits.MaximumTextLength, minimum: 64, maximum: 1 << 20),
            MaximumRepetitions = section.Integer(nameof(limits.MaximumRepetitions), limits.MaximumRepetitions, minimum: 1, maximum: 10_000),
            MaximumLineLength = section.Integer(nameof(limits.MaximumLineLength), limits.MaximumLineLength, minimum: 256, maximum: 64 * 1024),
            MaximumFieldCost = section.Integer(nameof(limits.MaximumFieldCost), limits.MaximumFieldCost, minimum: 1, maximum: 100_000_000),
            MaximumTypeCost = section.Integer(nameof(limits.MaximumTypeCost), limits.MaximumTypeCost, minimum: 1, maximum: 100_000_000),
            MaximumErrors = section.Integer(nameof(limits.MaximumErrors), limits.MaximumErrors, minimum: 1, maximum: 1_000),
        };
    }
}
