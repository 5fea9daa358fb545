using System.Text;
using NodaTime;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Tests.Server;

public sealed class AnswerCacheTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 12, 0);
    private static readonly Question Asked = new(7, "*", "{ site }", "", "");

    private readonly AnswerCache cache = new(bytes: 100_000);
    private int computed;

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task An_answer_is_computed_once_for_all_who_ask_one_after_the_other()
    {
        for (var round = 0; round < 3; round++)
            Assert.Equal("1", await AskAsync(Asked));
    }

    [Fact]
    public async Task An_answer_to_another_question_is_another_one()
    {
        Question[] questions =
            [Asked, Asked with { Version = 8 }, Asked with { Sites = "demo" }, Asked with { Sites = "" }, Asked with { Query = "{ sites }" }, Asked with { OperationName = "A" }, Asked with { Variables = "{}" }];

        foreach (var question in questions)
            await AskAsync(question);

        Assert.Equal(questions.Length, computed);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_computation()
    {
        var release = new TaskCompletionSource();
        var askers = Enumerable.Range(0, 50).Select(_ => AskAsync(Asked, wait: _ => release.Task)).ToList();
        release.SetResult();

        Assert.All(await Task.WhenAll(askers), answer => Assert.Equal("1", answer));
    }

    [Fact]
    public async Task One_who_leaves_takes_the_answer_from_nobody_and_the_last_one_ends_the_computation()
    {
        using var first = new CancellationTokenSource();
        using var last = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        async Task Forever(CancellationToken token)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended.SetResult();
            }
        }

        var leaving = AskAsync(Asked, wait: Forever, leave: first);
        var staying = AskAsync(Asked, wait: Forever, leave: last);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.False(ended.Task.IsCompleted);
        Assert.False(staying.IsCompleted);

        await last.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => staying);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal("2", await AskAsync(Asked));
    }

    [Fact]
    public async Task An_answer_holds_from_its_now_until_its_end()
    {
        var until = Now + Duration.FromHours(1);

        Assert.Equal("1", await AskAsync(Asked, until: until));
        Assert.Equal("1", await AskAsync(Asked, now: until - Duration.FromSeconds(1)));
        Assert.Equal("2", await AskAsync(Asked, now: until));
        Assert.Equal("3", await AskAsync(Asked, now: Now - Duration.FromSeconds(1)));
    }

    [Fact]
    public async Task An_answer_of_a_newer_version_is_kept_under_that_version()
    {
        await AskAsync(Asked, version: 8);

        Assert.Equal("1", await AskAsync(Asked with { Version = 8 }, version: 8));
        Assert.Equal("2", await AskAsync(Asked));
    }

    [Fact]
    public async Task Errors_and_what_is_too_large_are_not_kept()
    {
        await AskAsync(Asked, hasErrors: true);
        await AskAsync(Asked, hasErrors: true);
        Assert.Equal(2, computed);

        await AskAsync(Asked with { Query = new string(' ', 60_000) });
        await AskAsync(Asked with { Query = new string(' ', 60_000) });
        Assert.Equal(4, computed);
    }

    [Fact]
    public async Task A_computation_that_fails_fails_for_its_askers_alone()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(Asked, wait: _ => throw new InvalidOperationException()));

        Assert.Equal("2", await AskAsync(Asked));
    }

    private async Task<string> AskAsync(
        Question question,
        Instant? now = null,
        Instant? until = null,
        long version = 7,
        bool hasErrors = false,
        Func<CancellationToken, Task>? wait = null,
        CancellationTokenSource? leave = null)
    {
        var answer = await cache.GetAsync(
            question,
            now ?? Now,
            async token =>
            {
                var number = Interlocked.Increment(ref computed);
                await (wait?.Invoke(token) ?? Task.CompletedTask);
                return new Answer(GraphQLOutcome.Executed, hasErrors, Encoding.ASCII.GetBytes($"{number}"))
                {
                    Version = version,
                    From = now ?? Now,
                    Until = until ?? Instant.MaxValue,
                };
            },
            leave?.Token ?? TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(answer.Json);
    }
}
