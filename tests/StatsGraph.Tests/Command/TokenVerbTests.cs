using System.Text.Json;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Command;

/// <summary>The verb <c>token</c>, and what <c>serve</c> makes of there being tokens.</summary>
public sealed class TokenVerbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_token_is_printed_once_alone_on_its_line_and_what_it_is_for_is_said_beside_it()
    {
        Assert.Equal(0, await RunAsync("add", "--scope", "read", "--site", "radio", "--site", "jazz", "--expires", "90d", "--name", "the dashboard"));
        var token = output.ToString();
        Assert.Matches(@"\Asg_[a-z0-9]{12}_[0-9a-f]{64}\n\z", token);
        Assert.Equal(
            $"""
            statsgraph: token {token.Split('_')[1]} is for jazz, radio, scope read, until 2027-02-20 12:00 UTC; it is shown this once, so keep it now
            statsgraph: it is the first token of this data folder: a server that is running on it asks for tokens once it is started again

            """,
            error.ToString());

        Assert.Equal(0, await RunAsync("add", "--scope", "admin"));
        Assert.EndsWith(" is for all sites, scope admin, until it is revoked; it is shown this once, so keep it now\n", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("list"));
        Assert.Equal(0, await RunAsync("list", "--json"));
        Assert.DoesNotContain(token.Trim().Split('_')[2], output.ToString()[token.Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_everything_but_the_secret_and_the_oldest_comes_first()
    {
        await RunAsync("add", "--scope", "read", "--site", "radio", "--expires", "90d", "--name", "the dashboard");
        clock.Pass(TimeSpan.FromHours(1));
        await RunAsync("add", "--scope", "ingest");
        var ids = output.ToString().TrimEnd('\n').Split('\n').Select(token => token.Split('_')[1]).ToList();
        clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(0, await RunAsync("revoke", ids[0]));
        Assert.EndsWith($"statsgraph: token {ids[0]} is revoked since 2026-11-22 14:00:00 UTC\n", error.ToString(), StringComparison.Ordinal);

        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("list"));
        Assert.Equal(
            $"""
            ID            SCOPE   SITES  CREATED           EXPIRES           REVOKED           NAME
            {ids[0]}  read    radio  2026-11-22 12:00  2027-02-20 12:00  2026-11-22 14:00  the dashboard
            {ids[1]}  ingest  all    2026-11-22 13:00  -                 -

            """,
            output.ToString());

        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("list", "--json"));
        var json = JsonSerializer.Deserialize<JsonElement>(output.ToString());
        Assert.Equal(
            $$"""{"id":"{{ids[0]}}","name":"the dashboard","scope":"read","sites":["radio"],"created":"2026-11-22T12:00:00Z","expires":"2027-02-20T12:00:00Z","revoked":"2026-11-22T14:00:00Z"}""",
            JsonSerializer.Serialize(json[0]));
        Assert.Equal(
            $$"""{"id":"{{ids[1]}}","name":null,"scope":"ingest","sites":["*"],"created":"2026-11-22T13:00:00Z","expires":null,"revoked":null}""",
            JsonSerializer.Serialize(json[1]));
    }

    [Fact]
    public async Task Who_pastes_the_whole_token_revokes_it_and_no_message_repeats_it()
    {
        await RunAsync("add", "--scope", "read");
        var token = output.ToString().Trim();
        Assert.Equal(0, await RunAsync("revoke", token));
        Assert.Equal(1, await RunAsync("revoke", "sg_abcdefghijkl_" + token.Split('_')[2]));
        Assert.Contains("no token has the id 'abcdefghijkl'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('_')[2], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_the_exit_status_says_so()
    {
        await RunAsync("add", "--scope", "read");
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder.FullName, "tokens")));
        File.WriteAllText(file, "{");
        Assert.Equal(1, await RunAsync("list"));
        Assert.Contains($"statsgraph: {file}: the token's file is damaged and grants nothing: ", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("revoke", Path.GetFileNameWithoutExtension(file)));
    }

    [Theory]
    [InlineData("", "'token' is to do one of add, list, revoke; see 'statsgraph token --help'")]
    [InlineData("add", "Option '--scope' is required; see 'statsgraph token add --help'")]
    [InlineData("add --scope owner", "option '--scope': 'owner' is no scope; expected one of read, ingest, admin")]
    [InlineData("add --scope 0", "option '--scope': '0' is no scope; expected one of read, ingest, admin")]
    [InlineData("add --scope read --site Radio", "option '--site': 'Radio' is no site key; expected ")]
    [InlineData("add --scope read --site *", "option '--site': '*' is no site key; expected ")]
    [InlineData("add --scope read --expires soon", "option '--expires': 'soon' is no age; expected ")]
    [InlineData("add --scope read --expires 0d", "option '--expires': '0d' is no time at all")]
    [InlineData("add --scope read --nmae x", "unknown option '--nmae'; see 'statsgraph token add --help'")]
    [InlineData("revoke", "Required argument 'ID' missing for command: 'revoke'; see 'statsgraph token revoke --help'")]
    public async Task Wrong_usage_is_told_in_one_line(string line, string message)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.StartsWith("statsgraph: " + message, Assert.Single(error.ToString().TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "tokens")));
    }

    [Fact]
    public async Task A_server_that_others_can_reach_starts_only_when_something_says_who_may_read()
    {
        string[] serve = ["serve", "--data", folder.FullName, "--urls", "http://0.0.0.0:0"];
        Assert.Equal(2, await StatsGraphCommand.RunAsync(serve, Host()));
        Assert.Contains("http://0.0.0.0:0 can be reached from other machines, and there is no token that says who may read: make one with "
            + "'statsgraph token add --scope read', or add --public to let everybody read everything", error.ToString(), StringComparison.Ordinal);
        await RunAsync("add", "--scope", "read", "--expires", "1d");
        clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(2, await StatsGraphCommand.RunAsync(serve, Host()));
        await RunAsync("add", "--scope", "read");
        Assert.Equal(1, await StatsGraphCommand.RunAsync(serve, Host(("STATSGRAPH_Server__Access", "open"))));
        Assert.Contains("setting Server:Access: 'open' lets everybody do everything, and http://0.0.0.0:0 can be reached from other machines",
            error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await StatsGraphCommand.RunAsync(serve, Host(("STATSGRAPH_Server__Access", "closed"))));
        Assert.Contains("setting Server:Access: 'closed' is neither open nor tokens", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, new TokenFolder(folder.FullName, clock).List(out _).Count);
    }

    private CommandHost Host(params (string Name, string Value)[] environment)
        => SomeHost.In(folder.FullName, environment) with { Output = output, Error = error, Clock = clock };

    private Task<int> RunAsync(params string[] words)
        => StatsGraphCommand.RunAsync(["token", .. words, .. words is [] ? Array.Empty<string>() : ["--data", folder.FullName]], Host());
}
