using System.Text;
using System.Text.Json;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Command;

/// <summary>The verb <c>query</c>.</summary>
public sealed class QueryVerbTests : LakeTest
{
    private const string Document = """{ site(key: "radio") { report(period: { preset: LAST_YEAR }) { totals { sessions } } } }""";

    private readonly StringWriter output = new();
    private string document = Document;

    [Fact]
    public async Task What_takes_too_long_fails_and_the_response_says_why()
    {
        Append(SomeLines.Every(10));

        Assert.Equal(1, await RunAsync(new HastyClock()));

        Assert.Equal("TIMEOUT", Response().GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_response_is_explained_to_those_who_ask()
    {
        Append(SomeLines.Every(10));

        Assert.Equal(0, await RunAsync(TimeProvider.System, "--explain"));

        var figures = Response().GetProperty("extensions").GetProperty("explain").GetProperty("figures").EnumerateArray();
        Assert.Equal(["dataThrough", "sessions", "totals"], figures.Select(figure => figure.GetProperty("figure").GetString()));
    }

    [Theory]
    [InlineData("csv", "key,intake_lines\r\nradio,10\r\n")]
    [InlineData("table", "key    intake_lines\nradio            10\n")]
    public async Task The_rows_can_be_had_as_text(string format, string expected)
    {
        Append(SomeLines.Every(10));

        document = """{ site(key: "radio") { key intake { lines } } }""";
        Assert.Equal(0, await RunAsync(TimeProvider.System, "--format", format));

        Assert.Equal(expected, output.ToString());
    }

    [Fact]
    public async Task What_went_wrong_is_printed_as_a_response_in_any_format()
    {
        Append(SomeLines.Every(10));

        Assert.Equal(1, await RunAsync(new HastyClock(), "--format", "csv"));

        Assert.Equal("TIMEOUT", Response().GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private Task<int> RunAsync(TimeProvider clock, params string[] words) => StatsGraphCommand.RunAsync(
        ["query", "-", "--data", Data, .. words],
        SomeHost.In(Path.GetTempPath()) with { Output = output, OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(document)), Clock = clock });

    private JsonElement Response() => JsonSerializer.Deserialize<JsonElement>(output.ToString());

    /// <summary>A clock whose timers end at once.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
