using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Tests.Server;

/// <summary>Every error has a code, says in words what is wrong, and nothing of the inside.</summary>
public sealed partial class ErrorTests
{
    /// <summary>Words that say what was found or what is expected.</summary>
    private const int ShortestMessage = 20;

    public static TheoryData<string> Names => [.. SomeErrors.All.Keys];

    /// <summary>Traces of calls, names of types and paths of files.</summary>
    [GeneratedRegex(@"\bat (StatsGraph|System|GraphQL)|(StatsGraph|System|GraphQL|GraphQLParser|Microsoft|DuckDB)\.[A-Z]\w+|\w+Exception\b|\.cs\b|/(tmp|home|root|work|src|usr)/")]
    internal static partial Regex Inside();

    [Fact]
    public void There_is_an_example_of_every_code()
        => Assert.Empty(((Type[])[typeof(ErrorCodes), typeof(ReportErrorCodes)])
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Except(SomeErrors.All.Keys));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_has_its_code_and_words_for_the_one_who_asked(string name)
    {
        var example = SomeErrors.All[name];
        var station = new SomeStation(example.Reports);
        example.Damage?.Invoke(station);
        await using var server = new RunningServer(station, example.Options with { DataFolder = station.Folder });
        await server.InitializeAsync();
        example.Prepare?.Invoke(server);
        var token = example.Token?.Invoke(station);
        for (var i = 0; i < example.Before; i++)
        {
            using var before = await server.Client.SendAsync(Request(example, token), TestContext.Current.CancellationToken);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, before.StatusCode);
        }

        using var request = Request(example, token);
        if (example.Stream is { } open)
        {
            request.Headers.Add("X-GraphQL-Event-Stream-Token", await open(server.Client));
        }

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(example.Status, (int)response.StatusCode);
        Assert.Equal(example.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable, response.Headers.RetryAfter is not null);
        Assert.DoesNotMatch(Inside(), text);
        var errors = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("errors").EnumerateArray().ToList();
        Assert.InRange(errors.Count, 1, 5);
        Assert.Equal(name.Split(' ')[0], errors[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.All(errors, error => Assert.InRange(error.GetProperty("message").GetString()!.Length, ShortestMessage, 505));
        Assert.All(errors, error => Assert.NotEqual("", error.GetProperty("extensions").GetProperty("code").GetString()));
    }

    private static HttpRequestMessage Request(SomeError example, string? token)
    {
        var isAddress = example.Request.StartsWith('/');
        var request = new HttpRequestMessage(isAddress ? HttpMethod.Get : HttpMethod.Post, isAddress ? example.Request : "/graphql");
        request.Headers.TryAddWithoutValidation("Accept", example.Accept);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (example.Header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        foreach (var (header, content) in example.Headers)
        {
            request.Headers.TryAddWithoutValidation(header, content);
        }

        if (!isAddress)
        {
            request.Content = new StringContent(example.Request, MediaTypeHeaderValue.Parse(example.ContentType));
        }

        return request;
    }
}
