using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace StatsGraph.Tests.Server;

/// <summary>
/// What means harm is answered soon, in few words, and with nothing of the inside. No other test runs meanwhile, for the time that is
/// measured is that of the whole process.
/// </summary>
[Collection(AloneOnServer.Name)]
public sealed class HostileDocumentTests(RunningServer server)
{
    private const int MaximumAnswer = 4 * 1024;
    private const int Tries = 20;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromMilliseconds(100);

    public static TheoryData<string> Names => [.. HostileDocuments.Names];

    [Fact]
    public void There_are_many() => Assert.True(HostileDocuments.Names.Count() >= 40);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_is_answered_soon_and_in_few_words(string name)
    {
        var hostile = HostileDocuments.Named(name);
        var (status, answer) = await SendAsync(hostile.Body);
        Assert.Equal(hostile.Status, status);
        Assert.InRange(answer.Length, 1, MaximumAnswer);
        var errors = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("errors");
        Assert.InRange(errors.GetArrayLength(), 1, 5);
        var extensions = errors[0].GetProperty("extensions");
        Assert.Equal(hostile.Code, extensions.GetProperty("code").GetString());
        Assert.Equal(hostile.Limit, extensions.TryGetProperty("limit", out var limit) ? limit.GetInt32() : null);
        Assert.DoesNotMatch(ErrorTests.Inside(), answer);
        await AssertSoonAsync(name, hostile.Body);
    }

    /// <summary>The least of several tries counts: what else the process does, such as collecting garbage, only adds to a try.</summary>
    private async Task AssertSoonAsync(string name, byte[] body)
    {
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Tries && best >= MaximumTime; attempt++)
        {
            var before = ProcessTime();
            await SendAsync(body);
            var time = ProcessTime() - before;
            best = time < best ? time : best;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {best.TotalMilliseconds} ms");
        Assert.True(best < MaximumTime, $"'{name}' took {best.TotalMilliseconds} ms of CPU.");
    }

    private static TimeSpan ProcessTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private async Task<(int Status, string Answer)> SendAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/graphql-response+json");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>A server that no other tests run beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneOnServer : ICollectionFixture<RunningServer>
{
    public const string Name = "server, alone";
}
