using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

public sealed class GraphQLExecutorTests : IDisposable
{
    private readonly SomeStation station = new();

    [Fact]
    public async Task A_document_is_answered_with_no_server()
    {
        var (json, hasErrors) = await ExecuteAsync("query($k: String!) { site(key: $k) { name } }", """{"k":"demo"}""");
        Assert.Equal("""{"data":{"site":{"name":"Demo FM"}}}""", json);
        Assert.False(hasErrors);
    }

    [Fact]
    public async Task Errors_are_told_beside_the_data()
    {
        var (json, hasErrors) = await ExecuteAsync("""{ site(key: "demo") { report(period: { month: "x" }) { totals { sessions } } } }""");
        Assert.True(hasErrors);
        Assert.Equal(JsonValueKind.Null, JsonSerializer.Deserialize<JsonElement>(json).GetProperty("data").GetProperty("site").ValueKind);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("7")]
    public async Task Variables_are_an_object(string variables)
    {
        var (json, hasErrors) = await ExecuteAsync("{ __typename }", variables);
        Assert.True(hasErrors);
        Assert.Equal("""{"errors":[{"message":"The variables are no JSON object.","extensions":{"code":"HC0009"}}]}""", json);
    }

    [Fact]
    public async Task What_nobody_expected_is_logged_and_told_without_details()
    {
        var logger = new Messages();
        station.SpoilFiles();
        var response = await GraphQLExecutor.ExecuteAsync(
            station.Store, """{ site(key: "demo") { mounts } }""", null, null, TestContext.Current.CancellationToken, logger);
        var error = JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("errors")[0];
        Assert.Equal(
            "Something unexpected went wrong. The log of the server says what, or standard error where no server runs.",
            error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"INTERNAL"}""", error.GetProperty("extensions").GetRawText());
        Assert.Equal(["Answering mounts failed"], logger.Texts);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named_in_the_log_alone()
    {
        var logger = new Messages();
        station.LoseFiles();
        var response = await GraphQLExecutor.ExecuteAsync(
            station.Store, """{ site(key: "demo") { mounts } }""", null, null, TestContext.Current.CancellationToken, logger);
        var error = JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("errors")[0];
        Assert.Equal(
            "The lake cannot be read: a file of it is missing or damaged. The log of the server names it, or standard error where no server runs.",
            error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"LAKE_UNREADABLE"}""", error.GetProperty("extensions").GetRawText());
        Assert.Equal(["Answering mounts failed"], logger.Texts);
    }

    [Fact]
    public async Task Cancellation_ends_the_execution()
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GraphQLExecutor.ExecuteAsync(
            station.Store, """{ site(key: "demo") { mounts } }""", null, null, new CancellationToken(canceled: true)));

    public void Dispose() => station.Dispose();

    private async Task<(string Json, bool HasErrors)> ExecuteAsync(string query, string? variables = null)
    {
        var response = await GraphQLExecutor.ExecuteAsync(station.Store, query, null, variables, TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(response.Json.Span), response.HasErrors);
    }

    private sealed class Messages : ILogger
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Texts.Add(formatter(state, exception));
    }
}
