using GraphQL;
using GraphQL.Types;
using GraphQLParser.Visitors;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>What clients rely on, written out by hand: the schema must offer all of it and may offer more.</summary>
public sealed class SchemaContractTests
{
    private const string Pages = "first: Int, after: String, last: Int, before: String";

    private static readonly Dictionary<string, string> Signatures = StatsGraphSchema.Instance.AllTypes
        .OfType<IComplexGraphType>()
        .SelectMany(type => type.Fields.Select(field => (Name: $"{type.Name}.{field.Name}", Text: Signature(field))))
        .ToDictionary(entry => entry.Name, entry => entry.Text);

    [Theory]
    [InlineData("Query.sites", "(" + Pages + "): SitesConnection")]
    [InlineData("Query.site", "(key: String!): Site")]
    [InlineData("Site.key", ": String!")]
    [InlineData("Site.name", ": String!")]
    [InlineData("Site.timeZone", ": String!")]
    [InlineData("Site.mounts", ": [String!]!")]
    [InlineData("Site.dataThrough", ": DateTime")]
    [InlineData("Site.intake", ": Intake!")]
    [InlineData("Site.report", "(period: PeriodInput!, timeZone: String, minDuration: Int! = 0, where: SessionFilterInput): Report!")]
    [InlineData("Intake.lines", ": Long!")]
    [InlineData("Intake.blank", ": Long!")]
    [InlineData("Intake.classes", ": [LineClassCount!]!")]
    [InlineData("Intake.rejections", ": [Rejection!]!")]
    [InlineData("LineClassCount.class", ": LineClass!")]
    [InlineData("LineClassCount.lines", ": Long!")]
    [InlineData("Rejection.reason", ": String!")]
    [InlineData("Rejection.lines", ": Long!")]
    [InlineData("Rejection.examples", ": [String!]!")]
    public void Sites_and_their_intake(string field, string signature) => Assert.Equal(signature, Signatures[field]);

    [Theory]
    [InlineData("Report.period", ": ResolvedPeriod!")]
    [InlineData("Report.totals", ": Metrics!")]
    [InlineData("Report.comparedTo", "(baseline: Comparison!): Report!")]
    [InlineData("Report.timeSeries", "(interval: Interval! = AUTO): TimeSeries!")]
    [InlineData("Report.hourlyVisits", ": [HourlyVisits!]!")]
    [InlineData("Report.entryMounts", "(" + Pages + ", where: GroupFilterInput, order: [MetricSortInput!] = [{visits: DESC}]): EntryMountsConnection")]
    [InlineData("Report.mounts", "(" + Pages + ", where: GroupFilterInput, order: [MetricSortInput!] = [{tuningHours: DESC}]): MountsConnection")]
    [InlineData("Report.countries", "(" + Pages + ", where: GroupFilterInput, order: [MetricSortInput!] = [{sessions: DESC}]): CountriesConnection")]
    [InlineData("Report.referrers", "(" + Pages + ", where: GroupFilterInput, order: [MetricSortInput!] = [{visits: DESC}]): ReferrersConnection")]
    [InlineData("Report.players", "(" + Pages + ", where: GroupFilterInput, order: [MetricSortInput!] = [{sessions: DESC}]): PlayersConnection")]
    [InlineData("Report.groups", "(by: [Dimension!]!, " + Pages + ", where: GroupFilterInput, order: [MetricSortInput!] = [{sessions: DESC}]): GroupsConnection")]
    [InlineData("Report.errors", "(" + Pages + ", order: [ErrorSortInput!] = [{requests: DESC}]): ErrorsConnection")]
    [InlineData("ResolvedPeriod.from", ": DateTime!")]
    [InlineData("ResolvedPeriod.to", ": DateTime!")]
    [InlineData("ResolvedPeriod.timeZone", ": String!")]
    [InlineData("ResolvedPeriod.complete", ": Boolean!")]
    [InlineData("ResolvedPeriod.dataThrough", ": DateTime")]
    public void Reports(string field, string signature) => Assert.Equal(signature, Signatures[field]);

    [Theory]
    [InlineData("Metrics.sessions", ": Long!")]
    [InlineData("Metrics.visits", ": Long!")]
    [InlineData("Metrics.listeners", ": Long!")]
    [InlineData("Metrics.tuningHours", ": Float!")]
    [InlineData("Metrics.averageDuration", ": Float")]
    [InlineData("Metrics.durationQuantile", "(p: Float! = 0.5): Float")]
    [InlineData("Metrics.averageConcurrent", ": Float!")]
    [InlineData("Metrics.averageQuarterHour", ": Float!")]
    [InlineData("Metrics.peakConcurrent", ": Peak!")]
    [InlineData("Metrics.bytes", ": Float!")]
    [InlineData("Peak.sessions", ": Long!")]
    [InlineData("Peak.at", ": DateTime")]
    [InlineData("TimeSeries.interval", ": Interval!")]
    [InlineData("TimeSeries.buckets", ": [TimeBucket!]!")]
    [InlineData("TimeBucket.start", ": DateTime!")]
    [InlineData("TimeBucket.end", ": DateTime!")]
    [InlineData("TimeBucket.metrics", ": Metrics!")]
    [InlineData("HourlyVisits.hour", ": Int!")]
    [InlineData("HourlyVisits.visits", ": Long!")]
    [InlineData("HourlyVisits.sessions", ": Long!")]
    [InlineData("HourlyVisits.tuningHours", ": Float!")]
    [InlineData("HourlyVisits.averageConcurrent", ": Float!")]
    public void Figures(string field, string signature) => Assert.Equal(signature, Signatures[field]);

    [Theory]
    [InlineData("EntryMount", "mount: String!")]
    [InlineData("Mount", "mount: String!")]
    [InlineData("Country", "code: String, name: String!, continent: String, latitude: Float, longitude: Float")]
    [InlineData("Referrer", "host: String, kind: ReferrerKind!")]
    [InlineData("Player", "name: String!")]
    [InlineData("Group", "keys: [GroupKey!]!")]
    public void Rows_of_lists_have_a_key_a_share_and_figures(string type, string keys)
        => Assert.Equal($"{keys}, share: Float!, metrics: Metrics!", Fields(type));

    [Theory]
    [InlineData("GroupKey", "dimension: Dimension!, value: String, label: String!")]
    [InlineData("StreamError", "status: Int!, path: String!, requests: Long!, lastSeen: DateTime!")]
    [InlineData("PageInfo", "hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String")]
    [InlineData("LocalDateRangeInput", "from: LocalDate!, to: LocalDate!")]
    [InlineData("DateTimeRangeInput", "from: DateTime!, to: DateTime!")]
    [InlineData("PeriodInput", "preset: PeriodPreset, month: String, days: LocalDateRangeInput, instants: DateTimeRangeInput")]
    [InlineData("SessionFilterInput", "and: [SessionFilterInput!], or: [SessionFilterInput!], mount: StringOperationFilterInput, "
        + "entryMount: StringOperationFilterInput, country: StringOperationFilterInput, region: StringOperationFilterInput, "
        + "city: StringOperationFilterInput, referrer: StringOperationFilterInput, player: StringOperationFilterInput, "
        + "userAgent: StringOperationFilterInput, durationSeconds: LongOperationFilterInput, hourOfDay: LongOperationFilterInput, "
        + "kind: RequestKindOperationFilterInput")]
    [InlineData("GroupFilterInput", "and: [GroupFilterInput!], or: [GroupFilterInput!], key: StringOperationFilterInput, "
        + "sessions: LongOperationFilterInput, visits: LongOperationFilterInput, tuningHours: FloatOperationFilterInput")]
    [InlineData("MetricSortInput", "key: SortEnumType, sessions: SortEnumType, visits: SortEnumType, listeners: SortEnumType, "
        + "tuningHours: SortEnumType, averageDuration: SortEnumType")]
    [InlineData("ErrorSortInput", "requests: SortEnumType, status: SortEnumType, lastSeen: SortEnumType")]
    [InlineData("StringOperationFilterInput", "and: [StringOperationFilterInput!], or: [StringOperationFilterInput!], eq: String, "
        + "neq: String, contains: String, ncontains: String, in: [String], nin: [String], startsWith: String, nstartsWith: String, "
        + "endsWith: String, nendsWith: String")]
    [InlineData("LongOperationFilterInput", "eq: Long, neq: Long, in: [Long], nin: [Long], gt: Long, gte: Long, lt: Long, lte: Long")]
    [InlineData("FloatOperationFilterInput", "eq: Float, neq: Float, in: [Float], nin: [Float], gt: Float, gte: Float, lt: Float, lte: Float")]
    [InlineData("RequestKindOperationFilterInput", "eq: RequestKind, neq: RequestKind, in: [RequestKind!], nin: [RequestKind!]")]
    public void Small_types_and_inputs(string type, string fields) => Assert.Equal(fields, Fields(type));

    [Theory]
    [InlineData("Sites", "Site")]
    [InlineData("EntryMounts", "EntryMount")]
    [InlineData("Mounts", "Mount")]
    [InlineData("Countries", "Country")]
    [InlineData("Referrers", "Referrer")]
    [InlineData("Players", "Player")]
    [InlineData("Groups", "Group")]
    [InlineData("Errors", "StreamError")]
    public void Connections_have_edges_and_nodes(string plural, string node)
    {
        Assert.Equal($"pageInfo: PageInfo!, edges: [{plural}Edge!], nodes: [{node}!], totalCount: Int!", Fields(plural + "Connection"));
        Assert.Equal($"cursor: String!, node: {node}!", Fields(plural + "Edge"));
    }

    [Theory]
    [InlineData("SortEnumType", "ASC DESC")]
    [InlineData("Interval", "AUTO QUARTER_HOUR HOUR DAY WEEK MONTH")]
    [InlineData("Dimension", "MOUNT ENTRY_MOUNT COUNTRY REGION CITY REFERRER PLAYER NETWORK DATE HOUR_OF_DAY DAY_OF_WEEK MONTH")]
    [InlineData("PeriodPreset", "TODAY YESTERDAY THIS_WEEK LAST_WEEK THIS_MONTH LAST_MONTH THIS_YEAR LAST_YEAR LAST_7_DAYS LAST_30_DAYS LAST_12_MONTHS")]
    [InlineData("Comparison", "PREVIOUS_PERIOD PREVIOUS_YEAR")]
    [InlineData("RequestKind", "LISTENER RELAY BOT")]
    [InlineData("LineClass", "LISTENER RELAY BOT SOURCE ADMIN ERROR NON_STREAM PROBE SUSPECT REJECTED")]
    [InlineData("ReferrerKind", "DIRECT SEARCH SOCIAL WEBSITE")]
    public void Enumerations(string type, string values)
        => Assert.Equal(values, string.Join(' ', ((EnumerationGraphType)StatsGraphSchema.Instance.AllTypes[type]!).Values.Select(v => v.Name)));

    [Fact]
    public void A_period_is_exactly_one_of_its_keys()
    {
        Assert.True(((IInputObjectGraphType)StatsGraphSchema.Instance.AllTypes["PeriodInput"]!).IsOneOf);
        Assert.Contains("input PeriodInput @oneOf {", StatsGraphSchema.Print(), StringComparison.Ordinal);
    }

    private static string Fields(string type)
        => string.Join(", ", ((IComplexGraphType)StatsGraphSchema.Instance.AllTypes[type]!).Fields.Select(field => field.Name + Signature(field)));

    private static string Signature(FieldType field)
    {
        var arguments = field.Arguments?.Select(a => $"{a.Name}: {a.ResolvedType}{Default(a)}") ?? [];
        var text = string.Join(", ", arguments);
        return $"{(text.Length == 0 ? "" : $"({text})")}: {field.ResolvedType}";
    }

    private static string Default(QueryArgument argument)
        => argument.DefaultValue is null ? "" : " = " + new SDLPrinter().Print(argument.ResolvedType!.ToAST(argument.DefaultValue));
}
