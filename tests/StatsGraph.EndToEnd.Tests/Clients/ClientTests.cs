using System.Text.RegularExpressions;

namespace StatsGraph.EndToEnd.Tests.Clients;

/// <summary>A client in TypeScript as others write one: urql in Node, typed by graphql-codegen from the schema and the saved queries.</summary>
public sealed partial class ClientTests(NodeProject project) : IClassFixture<NodeProject>
{
    [Fact]
    public async Task It_is_answered_what_its_types_promise_by_get_and_by_post()
    {
        NeedNpm();
        await project.RunAsync("npm run --silent build");
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(3) + SomeLog.Session(10, "/jazz.mp3"));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        Assert.Equal(
            """
            {"sessions":4,"average":60,"busiest":"2026-10-01T11:59:00Z","days":1,"shares":[["/live.mp3",0.75],["/jazz.mp3",0.25]],"lines":4,"nowhere":null,"wrong":["PERIOD_INVALID"]}
            """,
            (await project.RunAsync($"node built/main.js {home} default 2026-10")).TrimEnd());
        var end = await server.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
    }

    /// <summary>By another library than the one that wrote it.</summary>
    [Fact]
    public async Task A_report_as_Arrow_is_read_with_its_types()
    {
        NeedNpm();
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(3) + SomeLog.Session(10, "/jazz.mp3"));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        var read = await project.RunAsync($"node arrow.mjs '{home}reports/entry-mounts.arrow?site=default&month=2026-10'");
        await server.TerminateAsync();
        Assert.Equal(
            """
            period_from: Timestamp<MILLISECOND, UTC>, period_to: Timestamp<MILLISECOND, UTC>, period_timeZone: Utf8, period_complete: Bool, mount: Utf8, share: Float64, visits: Int64, sessions: Int64, listeners: Int64, tuningHours: Float64, averageDuration: Float64
            {"period_from":1790812800000,"period_to":1793491200000,"period_timeZone":"UTC","period_complete":false,"mount":"/live.mp3","share":0.75,"visits":3,"sessions":3,"listeners":3,"tuningHours":0.05,"averageDuration":60}
            {"period_from":1790812800000,"period_to":1793491200000,"period_timeZone":"UTC","period_complete":false,"mount":"/jazz.mp3","share":0.25,"visits":1,"sessions":1,"listeners":1,"tuningHours":0.016666666666666666,"averageDuration":60}

            """,
            read);
    }

    [Fact]
    public async Task It_compiles_only_while_it_asks_for_what_there_is()
    {
        NeedNpm();
        await project.RunAsync("npm run --silent check");
        project.Write("wrong", "tsconfig.json", """{ "extends": "../tsconfig.json", "include": ["*.ts"] }""");
        project.Write("wrong", "wrong.ts",
            """
            import { Client, fetchExchange } from '@urql/core';
            import { OverviewDocument } from '../generated.js';

            const client = new Client({ url: 'http://127.0.0.1/graphql', exchanges: [fetchExchange], preferGetMethod: false });
            const site = (await client.query(OverviewDocument, { site: 'default', month: '2026-10' })).data!.site;
            site.name;
            site!.report.totals.sesions;
            const average: number = site!.report.totals.averageDuration;
            const sessions: string = site!.report.totals.sessions;
            await client.query(OverviewDocument, { site: 'default' });
            """);
        var told = await project.FailAsync("npm run --silent check -- --project wrong");
        Assert.Equal(
            [
                "wrong.ts(6): 'site' is possibly 'null'.",
                "wrong.ts(7): Property 'sesions' does not exist on type",
                "wrong.ts(8): Type 'number | null' is not assignable to type 'number'.",
                "wrong.ts(9): Type 'number' is not assignable to type 'string'.",
                "wrong.ts(10): Argument of type",
            ],
            CompilerError().Matches(told).Select(error => $"wrong.ts({error.Groups["line"].Value}): {error.Groups["message"].Value}"));
        Assert.Contains("Property 'month' is missing", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_asks_for_what_there_is_not_gets_no_types()
    {
        NeedNpm();
        project.Write("queries", "wrong.graphql", "query Wrong { sites { nodes { nam } } }");
        var told = await project.FailAsync($"node codegen.mjs '{NodeProject.Schema}' queries queries/generated.ts");
        Assert.Contains("Cannot query field \"nam\" on type \"Site\"", told, StringComparison.Ordinal);
    }

    /// <summary>Where there is no npm the test is skipped, except in CI.</summary>
    private static void NeedNpm()
    {
        if (NodeProject.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }
    }

    /// <summary>An error of the compiler, without the types that it writes out.</summary>
    [GeneratedRegex(@"^wrong/wrong\.ts\((?<line>\d+),\d+\): error TS\d+: (?<message>.*?)( '?\{.*)?$", RegexOptions.Multiline)]
    private static partial Regex CompilerError();
}
