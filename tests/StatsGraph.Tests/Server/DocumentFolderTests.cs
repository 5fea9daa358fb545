using System.Net;
using Microsoft.Extensions.Logging;
using StatsGraph.Server;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Tests.Server;

/// <summary>The folder that an operator puts documents into.</summary>
public sealed class DocumentFolderTests : IDisposable
{
    private readonly SomeQueries queries = new();
    private readonly ListLogger log = new();
    private readonly SteppedClock clock = new();

    public void Dispose() => queries.Dispose();

    [Fact]
    public async Task A_file_that_is_added_while_the_server_runs_is_enough()
    {
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions { QueriesFolder = queries.Path });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, "own"));
        queries.With("own.graphql", "{ __typename }");
        var asked = 0;
        while (await StatusAsync(server, "own") != HttpStatusCode.OK && ++asked < 100)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.InRange(asked, 0, 99);
    }

    [Fact]
    public void It_is_looked_at_once_a_second_at_most()
    {
        var documents = Documents();
        queries.With("own.graphql", "{ __typename }");
        clock.Pass(TimeSpan.FromSeconds(0.9));
        Assert.Null(documents.Find("own"));
        clock.Pass(TimeSpan.FromSeconds(0.1));
        Assert.NotNull(documents.Find("own"));
    }

    [Fact]
    public void A_file_that_changes_has_another_text_and_another_hash()
    {
        queries.With("own.graphql", "{ __typename }");
        var documents = Documents();
        var before = documents.Find("own")!;
        queries.With("own.graphql", "{ sites { totalCount } }");
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("{ sites { totalCount } }", documents.Find("own")!.Text);
        Assert.Null(documents.Find(before.Hash));
    }

    [Fact]
    public void A_file_takes_the_place_of_the_programs_of_the_same_name_and_gives_it_back()
    {
        using var shipped = new SomeQueries().With("overview.graphql", "{ __typename }");
        queries.With("overview.graphql", "{ sites { totalCount } }");
        var documents = Documents(shipped.Path);
        Assert.Equal("{ sites { totalCount } }", documents.Find("overview")!.Text);
        queries.With("overview.graphql", "{ nothing }");
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(documents.Find("overview"));
        File.Delete(Path.Combine(queries.Path, "overview.graphql"));
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("{ __typename }", documents.Find("overview")!.Text);
    }

    [Theory]
    [InlineData("{ sites", "The document has a syntax error: Expected Name, found EOF; for more information see http://spec.graphql.org/October2021/#Field (line 1, column 8)")]
    [InlineData("{ nothing }", "Cannot query field 'nothing' on type 'Query'.")]
    [InlineData("query A { __typename } query B { nothing }", "Cannot query field 'nothing' on type 'Query'.")]
    [InlineData("query A($site: Text!) { __typename }", "Variable 'site' cannot be non-input type 'Text'.")]
    [InlineData("fragment F on Query { __typename }", "The document has no operation.")]
    [InlineData("mutation { __typename }", "There are queries and subscriptions only; no mutations.")]
    [InlineData("# long\n{ __typename }", "It is longer than 20 bytes.", 20)]
    public void What_is_no_document_is_left_out_and_told_once_with_the_reason(string text, string reason, int maximumBytes = 1_000)
    {
        queries.With("bad.graphql", text).With("good.graphql", "{ __typename }");
        var documents = Documents(maximumBytes: maximumBytes);
        Assert.Equal(["good"], documents.Names);
        queries.With("other.graphql", "{ __typename }");
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(["good", "other"], documents.Names);
        Assert.Equal($"The saved document {Path.Combine(queries.Path, "bad.graphql")} is left out: {reason}", Assert.Single(log.Messages));
    }

    [Fact]
    public void Variables_that_nobody_gave_yet_are_no_fault()
    {
        queries.With("own.graphql", "query ($site: String!, $month: String!) { site(key: $site) { report(period: { month: $month }) { totals { visits } } } }");
        Assert.Equal(["site", "month"], Documents().Find("own")!.Variables("").Select(variable => variable.Name));
        Assert.Empty(log.Messages);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string name)
    {
        using var response = await server.GetAsync("/graphql/persisted/" + name);
        return response.StatusCode;
    }

    private SavedDocuments Documents(string shipped = "/nowhere", int maximumBytes = 1_000)
    {
        var check = new DocumentCheck(new GraphQLLimits());
        return new SavedDocuments(
            new DocumentFolder(shipped, check, maximumBytes, log), new DocumentFolder(queries.Path, check, maximumBytes, log), clock);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Pass(TimeSpan time) => ticks += time.Ticks;
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Messages.Add(formatter(state, exception));
    }
}
