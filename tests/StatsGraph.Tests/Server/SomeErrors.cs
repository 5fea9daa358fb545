using Microsoft.Extensions.DependencyInjection;
using StatsGraph.Reports;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Live;
using static StatsGraph.Tests.Server.HostileDocuments;

namespace StatsGraph.Tests.Server;

/// <summary>An example of each error that the server can answer, by its code.</summary>
internal static class SomeErrors
{
    private const string Site = "site(key: \"demo\")";
    private const string October = "report(period: { month: \"2026-10\" })";

    /// <summary>Examples by code, and by a number where a code has several.</summary>
    public static readonly IReadOnlyDictionary<string, SomeError> All = new Dictionary<string, SomeError>
    {
        ["HC0009"] = new("[]"),
        ["HC0009 2"] = new("{\"query\":\"{ __typename }\",\"variables\":7}"),
        ["HC0010"] = new("{\"query\":\"" + new string(' ', 300_000) + "\"}") { Status = 413 },
        ["HC0011"] = SomeError.Of("{ sites "),
        ["HC0013"] = new("{}"),
        ["HC0016"] = SomeError.Of("query($f: Int) { sites(first: $f) { totalCount } }", "{\"f\":\"x\"}"),
        ["HC0046"] = SomeError.Of("{ __schema { types { name } } }") with { Options = new ServerOptions { Introspection = false } },
        ["HC0047"] = SomeError.Of("{ sites(first: 1000) { nodes { " + October + " { errors(first: 1000) { nodes { path } } } } } }"),
        ["HC0051"] = SomeError.Of("{ sites(first: 1001) { totalCount } }") with { Status = 200 },
        ["HC0067"] = SomeError.Of("{ __typename }") with { Options = new ServerOptions { TrustedDocumentsOnly = true } },
        ["TOO_MANY_FIELDS"] = Hostile("a field 20,000 times"),
        ["TOO_MANY_ROOT_FIELDS"] = SomeError.Of("{ " + Each(21, i => $"a{i}: __typename ") + "}"),
        ["TOO_MANY_REPETITIONS"] = SomeError.Of("{ " + Site + " { " + Each(21, _ => "key ") + "} }"),
        ["TOO_DEEP"] = SomeError.Of(Each(20, _ => "{ a ") + Each(20, _ => "}")),
        ["TOO_MANY_ARGUMENTS"] = Small("{ sites(first: 1, after: \"\") { totalCount } }", new() { MaximumArguments = 1 }),
        ["TOO_MANY_DIRECTIVES"] = SomeError.Of("{ " + Each(20, i => $"a{i}: __typename " + Each(4, _ => "@skip(if: false) ")) + "}"),
        ["TOO_MANY_DIRECTIVES_PER_LOCATION"] = SomeError.Of("{ __typename " + Each(5, _ => "@skip(if: false) ") + "}"),
        ["TOO_MANY_VARIABLES"] = SomeError.Of("query(" + Each(65, i => $"$a{i}: Int ") + ") { __typename }"),
        ["TOO_MANY_DEFINITIONS"] = SomeError.Of(Each(65, i => $"query q{i} {{ __typename }} ")),
        ["LIST_TOO_LONG"] = SomeError.Of("{ " + Site + " { report(period: { month: \"2026-10\" }, where: { mount: { in: [" + Each(1_001, _ => "1 ") + "] } }) { period { from } } } }"),
        ["TOO_MANY_VALUES"] = Small("{ " + Site + " { " + October + " { period { from } } } }", new() { MaximumValues = 0 }),
        ["VALUE_TOO_DEEP"] = Small("{ " + Site + " { " + October + " { period { from } } } }", new() { MaximumValueDepth = 0 }),
        ["TEXT_TOO_LONG"] = Small("{ site(key: \"0123456789\") { key } }", new() { MaximumTextLength = 9 }),
        ["LINE_TOO_LONG"] = SomeError.Of("{" + new string(' ', 9_000) + "__typename }"),
        ["PERSISTED_QUERY_NOT_FOUND"] = new("{\"id\":\"nothing\"}"),
        ["PERSISTED_QUERY_HASH_MISMATCH"] = new(
            "{\"query\":\"{ __typename }\",\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + new string('0', 64) + "\"}}}"),
        ["OPERATION_UNKNOWN"] = new("{\"query\":\"{ __typename }\",\"operationName\":\"other\"}"),
        ["OPERATION_NOT_SUPPORTED"] = SomeError.Of("mutation { a }"),
        ["NOT_ACCEPTABLE"] = SomeError.Of("{ __typename }") with { Accept = "image/png", Status = 406 },
        ["MEDIA_TYPE_UNSUPPORTED"] = SomeError.Of("{ __typename }") with { ContentType = "text/plain", Status = 415 },
        ["NO_TABLE"] = new("/reports/average-duration.csv?site=demo&month=2026-10") { Status = 422 },
        ["PREFLIGHT_REQUIRED"] = new("/graphql?query={__typename}") { Status = 403, Header = ("Sec-Fetch-Site", "cross-site") },
        ["LAKE_UNREADABLE"] = SomeError.Of("{ " + Site + " { mounts } }") with { Damage = station => station.LoseFiles(), Status = 200 },
        ["PROFILE_UNKNOWN"] = SomeError.Of("{ " + Site + " { compliance(profile: \"NONE\", period: { month: \"2026-10\" }) { checksum } } }") with { Status = 200 },
        ["ISSUED_REPORT_DAMAGED"] = SomeError.Of("{ " + Site + " { issuedReports { nodes { revisions { checksum } } } } }") with
        {
            Damage = DamageIssued,
            Status = 200,
        },
        ["ISSUED_REPORT_DAMAGED 2"] = new("/reports/issued/demo/US-ATH/2026-10/latest.pdf") { Damage = DamageIssued, Status = 500 },
        ["ISSUED_REPORT_NOT_FOUND"] = new("/reports/issued/demo/US-ATH/2026-10/1.pdf") { Status = 404 },
        ["SERVER_STOPPING"] = SomeError.Of("subscription { siteChanged(key: \"demo\") { version } }") with
        {
            Accept = "text/event-stream",
            Prepare = server => server.Services.GetRequiredService<LiveConnections>().Stop(),
            Status = 503,
        },
        ["TIMEOUT"] = SomeError.Of("{ " + Site + " { mounts } }") with { Reports = new ReportOptions { QueryTimeout = TimeSpan.Zero }, Status = 200 },
        ["INTERNAL"] = SomeError.Of("{ " + Site + " { mounts } }") with { Damage = station => station.SpoilFiles(), Status = 200 },
        ["PERIOD_INVALID"] = Report("period: { month: \"october\" }", "period { from }"),
        ["TIME_ZONE_UNKNOWN"] = Report("period: { month: \"2026-10\" }, timeZone: \"Mars\"", "period { from }"),
        ["MIN_DURATION_INVALID"] = Report("period: { month: \"2026-10\" }, minDuration: -1", "period { from }"),
        ["INTERVAL_TOO_FINE"] = Report("period: { days: { from: \"2020-01-01\", to: \"2026-01-01\" } }", "timeSeries(interval: HOUR) { interval }"),
        ["DIMENSIONS_INVALID"] = Report("period: { month: \"2026-10\" }", "groups(by: []) { totalCount }"),
        ["FILTER_INVALID"] = Report("period: { month: \"2026-10\" }, where: { mount: { contains: null } }", "totals { sessions }"),
        ["ORDER_INVALID"] = Report("period: { month: \"2026-10\" }", "mounts(order: [{}]) { totalCount }"),
        ["QUANTILE_INVALID"] = Report("period: { month: \"2026-10\" }", "totals { durationQuantile(p: 2) }"),
        ["CURSOR_INVALID"] = Report("period: { month: \"2026-10\" }", "mounts(after: \"x\") { totalCount }"),
        ["PAGE_SIZE_INVALID"] = Report("period: { month: \"2026-10\" }", "mounts(first: -1) { totalCount }"),
        ["TOO_MANY_GROUPS"] = Report("period: { month: \"2026-10\" }", "mounts { totalCount }") with { Reports = new ReportOptions { MaximumGroups = 1 } },
        ["AUTH_NOT_AUTHENTICATED"] = SomeError.Of("{ __typename }") with { Options = Guarded, Status = 401 },
        ["AUTH_NOT_AUTHENTICATED 2"] = SomeError.Of("{ __typename }") with { Options = Guarded, Status = 401, Token = _ => Auth.GuardedServer.Wrong },
        ["AUTH_NOT_AUTHORIZED"] = SomeError.Of("{ __typename }") with
        {
            Options = Guarded,
            Status = 403,
            Token = station => new TokenFolder(station.Folder, TimeProvider.System).Add(TokenScope.Ingest, [], null, null).Text,
        },
        ["AUTH_TOO_MANY_ATTEMPTS"] = SomeError.Of("{ __typename }") with
        {
            Options = Guarded,
            Status = 429,
            Token = _ => Auth.GuardedServer.Wrong,
            Before = FailedAttempts.Allowed,
        },
        ["TOO_MANY_REQUESTS"] = SomeError.Of("{ __typename }") with { Options = Public(new() { RequestsPerMinute = 1 }), Status = 429, Before = 1 },
        ["TOO_MUCH_COST"] = new("/reports/countries.csv?site=demo&month=2026-10") { Options = Public(new() { CostPerMinute = 1 }), Status = 429, Before = 1 },
        ["TOO_MUCH_COST 2"] = SomeError.Of("{ " + Site + " { mounts } }") with { Options = Public(new() { CostPerMinute = 1 }), Status = 429, Before = 1 },
        ["ORIGIN_NOT_ALLOWED"] = new("/graphql") { Headers = [.. Handshake, ("Origin", "https://other.example")], Status = 403 },
        ["TOO_MANY_SUBSCRIPTIONS"] = SomeError.Of("subscription { siteChanged(key: \"demo\") { version } }") with
        {
            Accept = "text/event-stream",
            Options = new ServerOptions { Live = new LiveOptions { Maximum = 0 } },
            Status = 429,
        },
        ["SITE_NOT_FOUND"] = new(
            "{\"query\":\"subscription { siteChanged(key: \\\"none\\\") { version } }\",\"extensions\":{\"operationId\":\"a\"}}")
        {
            Stream = ReserveAsync,
        },
        ["STREAM_NOT_FOUND"] = new("/graphql?token=0") { Accept = "text/event-stream", Status = 404 },
        ["STREAM_IN_USE"] = new("/graphql") { Accept = "text/event-stream", Stream = OpenAsync, Status = 409 },
        ["OPERATION_ID_INVALID"] = SomeError.Of("{ __typename }") with { Stream = ReserveAsync },
        ["PROXY_UNKNOWN"] = SomeError.Of("{ __typename }") with { Status = 403, Header = ("X-Forwarded-For", "192.0.2.1") },
        ["FIELDS_ON_CORRECT_TYPE"] = SomeError.Of("{ nothing }"),
        ["PROVIDED_NON_NULL_ARGUMENTS"] = SomeError.Of("{ site { key } }"),
        ["ARGUMENTS_OF_CORRECT_TYPE"] = SomeError.Of("{ sites(first: \"x\") { totalCount } }"),
        ["SCALAR_LEAFS"] = SomeError.Of("{ sites }"),
        ["NO_FRAGMENT_CYCLES"] = SomeError.Of("{ ...a } fragment a on Query { __typename ...a }"),
    };

    /// <summary>What a browser sends to open a WebSocket.</summary>
    public static IReadOnlyList<(string Name, string Value)> Handshake =>
    [
        ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
        ("Sec-WebSocket-Protocol", "graphql-transport-ws"),
    ];

    private static ServerOptions Guarded => new() { Access = AccessMode.Tokens };

    private static ServerOptions Public(CallerLimits limits)
        => new() { Access = AccessMode.Tokens, Public = true, CallerLimits = limits, AnswerCacheBytes = 0 };

    private static void DamageIssued(SomeStation station) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(Path.Combine(station.Folder, "issued", "demo", "US-ATH", "2026-10")).FullName, "0001.json"), "{}");

    private static async Task<string> ReserveAsync(HttpClient client)
    {
        using var response = await client.PutAsync("/graphql", content: null);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Reserves an event stream, and opens it for as long as the server runs.</summary>
    private static async Task<string> OpenAsync(HttpClient client)
    {
        var stream = await ReserveAsync(client);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?token=" + stream) { Headers = { Accept = { new("text/event-stream") } } };
        await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return stream;
    }

    private static SomeError Hostile(string name) => new(System.Text.Encoding.UTF8.GetString(HostileDocuments.Named(name).Body));

    private static SomeError Small(string query, GraphQLLimits limits) => SomeError.Of(query) with { Options = new ServerOptions { Limits = limits } };

    /// <summary>A report that has one wrong argument: it is executed, and its field fails.</summary>
    private static SomeError Report(string arguments, string fields)
        => SomeError.Of("{ " + Site + " { report(" + arguments + ") { " + fields + " } } }") with { Status = 200 };
}

/// <summary>A request that is answered with an error.</summary>
/// <param name="Request">Its body, or its address where it begins with a slash.</param>
internal sealed record SomeError(string Request)
{
    /// <summary>The status that the answer has for one who accepts GraphQL's own media type.</summary>
    public int Status { get; init; } = 400;

    public string Accept { get; init; } = "application/graphql-response+json";

    public string ContentType { get; init; } = "application/json";

    public (string Name, string Value)? Header { get; init; }

    /// <summary>More headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Gives the token of the event stream that it is about; null for none.</summary>
    public Func<HttpClient, Task<string>>? Stream { get; init; }

    /// <summary>What is done to the server before; null for nothing.</summary>
    public Action<RunningServer>? Prepare { get; init; }

    /// <summary>Gives the token that is shown; null for none.</summary>
    public Func<SomeStation, string>? Token { get; init; }

    /// <summary>How often the same was asked before.</summary>
    public int Before { get; init; }

    public ServerOptions Options { get; init; } = new();

    public ReportOptions Reports { get; init; } = new();

    /// <summary>What is done to the station before.</summary>
    public Action<SomeStation>? Damage { get; init; }

    /// <summary>A request for a document.</summary>
    public static SomeError Of(string query, string variables = "null")
        => new($"{{\"query\":{System.Text.Json.JsonSerializer.Serialize(query)},\"variables\":{variables}}}");
}
