using System.Text;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;
using StatsGraph.Server.Live;

namespace StatsGraph.Tests.Server.Live;

/// <summary>What an operation has to tell: the newest, never what was before, and the end.</summary>
public sealed class LiveOperationTests
{
    [Fact]
    public void A_slow_reader_gets_the_newest_alone()
    {
        using var operation = new LiveOperation("a", _ => { });
        for (var version = 0; version < 5; version++)
            operation.Tell(Some(version));
        Assert.Equal("next 4", Take(operation));
        Assert.Equal("", Take(operation));
    }

    [Fact]
    public void Nothing_older_is_told_and_nothing_twice_but_the_same_of_a_newer_version_is()
    {
        using var operation = new LiveOperation("a", _ => { });
        operation.Tell(Some(5));
        Assert.Equal("next 5", Take(operation));
        operation.Tell(Some(4));
        operation.Tell(Some(5));
        Assert.Equal("", Take(operation));
        operation.Tell(Some(6, "5"));
        Assert.Equal("next 5", Take(operation));
        operation.Tell(Some(6, "6 after midnight"));
        Assert.Equal("next 6 after midnight", Take(operation));
    }

    [Fact]
    public void A_failure_is_told_once_and_what_comes_after_it_is_told()
    {
        using var operation = new LiveOperation("a", _ => { });
        operation.Tell(Some(5));
        Take(operation);
        operation.Tell(Some(0, "failed", GraphQLOutcome.Failed));
        Assert.Equal("next failed", Take(operation));
        operation.Tell(Some(0, "failed", GraphQLOutcome.Failed));
        Assert.Equal("", Take(operation));
        operation.Tell(Some(5));
        Assert.Equal("next 5", Take(operation));
        operation.Tell(Some(0, "failed", GraphQLOutcome.Failed));
        Assert.Equal("next failed", Take(operation));
    }

    [Fact]
    public void The_last_state_comes_before_the_end_and_a_refusal_in_place_of_it()
    {
        using var completed = new LiveOperation("a", _ => { });
        completed.Tell(Some(1));
        completed.Complete();
        completed.Tell(Some(2));
        Assert.Equal("next 1 Complete", Take(completed));
        using var refused = new LiveOperation("a", _ => { });
        refused.Tell(Some(1));
        refused.Refuse(Some(0, "no"));
        Assert.Equal("next no Refused", Take(refused));
    }

    [Fact]
    public void One_that_is_over_says_nothing_and_holds_nothing()
    {
        var operation = new LiveOperation("a", _ => { });
        var places = new CallerPlaces(10, 10);
        operation.Hold(places.TryTake("who", out _)!);
        operation.Tell(Some(1));
        operation.Dispose();
        operation.Tell(Some(2));
        operation.Hold(places.TryTake("who", out _)!);
        Assert.Equal(("", 0, true), (Take(operation), places.Count, operation.Stopped.IsCancellationRequested));
    }

    [Fact]
    public void Places_are_counted_in_all_and_for_each()
    {
        var places = new CallerPlaces(3, 2);
        var first = places.TryTake("a", out _)!;
        Assert.NotNull(places.TryTake("a", out _));
        Assert.Null(places.TryTake("a", out var limit));
        Assert.Equal(2, limit);
        Assert.NotNull(places.TryTake("b", out _));
        Assert.Null(places.TryTake("c", out limit));
        Assert.Equal(3, limit);
        first.Dispose();
        first.Dispose();
        Assert.Equal(2, places.Count);
        Assert.NotNull(places.TryTake("a", out _));
    }

    private static Answer Some(long version, string? text = null, GraphQLOutcome outcome = GraphQLOutcome.Executed)
        => new(outcome, outcome == GraphQLOutcome.Failed, Encoding.UTF8.GetBytes(text ?? FormattableString.Invariant($"{version}"))) { Version = version };

    private static string Take(LiveOperation operation)
        => operation.TryTake(out var answer, out var end)
            ? $"next {Encoding.UTF8.GetString(answer!.Json)}{(end == LiveEnd.None ? "" : " " + end)}" : "";
}
