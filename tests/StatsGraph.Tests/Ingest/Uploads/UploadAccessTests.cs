using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Ingest.Remote;

namespace StatsGraph.Tests.Ingest.Uploads;

/// <summary>Where tokens are asked for, logs are taken from one who has a token for sending them, for its sites.</summary>
public sealed partial class UploadAccessTests : IAsyncLifetime
{
    private const int Lines = 100;

    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(Lines));

    private UploadServer server = null!;

    public async ValueTask InitializeAsync() => server = await UploadServer.StartAsync(access: AccessMode.Tokens);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(TokenScope.Ingest, "main")]
    [InlineData(TokenScope.Ingest, null)]
    [InlineData(TokenScope.Admin, "main")]
    [InlineData(TokenScope.Admin, null)]
    public async Task Who_may_send_for_a_site_sends_by_hand_and_by_the_command(TokenScope scope, string? site)
    {
        var token = Add(scope, site);
        using (var sent = await PostAsync("main", token))
            Assert.Equal(Lines, (await UploadTests.JsonAsync(sent)).GetProperty("lines").GetInt32());
        using (var again = await PostAsync("main", token, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x:" + token))))
            Assert.Equal(Lines, (await UploadTests.JsonAsync(again)).GetProperty("alreadyIngested").GetInt32());
        var path = server.Folder.Write("access.log", Log);
        var summary = SomeSending.Run(SomeSending.Options(server.Address) with { Token = token }, [path]);
        Assert.Equal((Lines, Lines), (summary.Lines, summary.AlreadyIngested));
    }

    [Fact]
    public async Task To_one_who_may_not_send_for_a_site_it_is_as_one_that_never_was_and_as_what_is_none()
    {
        server.Folder.Ingest(new IngestOptions { DataFolder = server.Folder.Data, Site = "known" }, [server.Folder.Write("access.log", Log)]);
        foreach (var token in new[] { Add(TokenScope.Ingest, "main"), Add(TokenScope.Admin, "main"), Add(TokenScope.Read, null), Add(TokenScope.Read, "known") })
        {
            var answers = new List<string>();
            foreach (var site in new[] { "known", "never-was", "No Key" })
            {
                using var sent = await PostAsync(site, token);
                using var asked = await GetAsync(site, token);
                answers.Add($"{sent.StatusCode} {sent.Headers} {await UploadTests.TextAsync(sent)} {asked.StatusCode} {await UploadTests.TextAsync(asked)}");
            }

            var answer = Assert.Single(answers.Select(Lasting).Distinct());
            Assert.StartsWith("Forbidden", answer, StringComparison.Ordinal);
            Assert.Contains("AUTH_NOT_AUTHORIZED", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("length", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_shows_nothing_or_what_is_worth_nothing_is_asked_for_a_token_whatever_the_site()
    {
        var revoked = Add(TokenScope.Ingest, "main");
        server.Tokens.Revoke(TokenFolder.IdOf(revoked));
        foreach (var token in new[] { null, "abc", revoked })
        {
            foreach (var site in new[] { "main", "never-was", "No Key" })
            {
                using var sent = await PostAsync(site, token);
                Assert.Equal("AUTH_NOT_AUTHENTICATED", UploadTests.Code(await UploadTests.ErrorAsync(sent, HttpStatusCode.Unauthorized)));
                using var asked = await GetAsync(site, token);
                Assert.Equal("AUTH_NOT_AUTHENTICATED", UploadTests.Code(await UploadTests.ErrorAsync(asked, HttpStatusCode.Unauthorized)));
            }
        }

        Assert.False(Directory.Exists(Path.Combine(server.Folder.Data, "lake")));
    }

    [Fact]
    public async Task A_browser_that_is_signed_in_sends_nothing_for_a_form_of_another_site()
    {
        var token = Add(TokenScope.Admin, null);
        using var form = await server.PostAsync(Log, type: "text/plain", headers: ("Cookie", $"{Credentials.CookieName}={token}"));
        Assert.Equal("PREFLIGHT_REQUIRED", UploadTests.Code(await UploadTests.ErrorAsync(form, HttpStatusCode.UnsupportedMediaType)));
    }

    [Fact]
    public async Task A_token_that_is_revoked_while_a_log_is_sent_ends_it_and_another_one_goes_on()
    {
        var path = server.Folder.Write("access.log", Log);
        var options = SomeSending.Options(server.Address) with { Token = Add(TokenScope.Ingest, "main") };
        var first = SomeSending.Run(options, [server.Folder.Write("first.log", Log[..(Log.Length / 2)])]);
        server.Tokens.Revoke(TokenFolder.IdOf(options.Token));
        var failure = Assert.Throws<IngestException>(() => SomeSending.Run(options, [path]));
        Assert.Equal($"{server.Address}ingest/main: the server does not know the token (401); expected one that it was given and that still holds", failure.Message);
        var rest = SomeSending.Run(options with { Token = Add(TokenScope.Ingest, "main") }, [path]);
        Assert.Equal((Lines, first.Lines), (rest.Lines, rest.AlreadyIngested));
        using var other = await PostAsync("other", options.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public void The_command_is_told_what_its_token_may_not()
    {
        var options = SomeSending.Options(server.Address) with { Token = Add(TokenScope.Read, null) };
        var path = server.Folder.Write("access.log", Log);
        Assert.Equal(
            $"{server.Address}ingest/main: the token may not send logs for site 'main' (403): "
            + "This token is not for that: expected one of the scope 'ingest' or 'admin' that is for this site.",
            Assert.Throws<IngestException>(() => SomeSending.Run(options, [path])).Message);
        Assert.Equal(
            $"{server.Address}ingest/main: the server asks for a token (401); expected one by --token-file, STATSGRAPH_TOKEN, the setting Token or --token",
            Assert.Throws<IngestException>(() => SomeSending.Run(options with { Token = null }, [path])).Message);
    }

    [Fact]
    public async Task One_token_that_sends_as_much_as_it_can_leaves_a_place_for_another()
    {
        var (greedy, other) = (Add(TokenScope.Ingest, null), Add(TokenScope.Ingest, null));
        var hanging = new List<HangingSender>();
        for (var i = 0; i < UploadLimits.Default.MaximumUploads - 1; i++)
            hanging.Add(await HangingSender.StartAsync(server.Address, Log, greedy));
        using (var more = await PostAsync("main", greedy))
        {
            var error = await UploadTests.ErrorAsync(more, HttpStatusCode.ServiceUnavailable);
            Assert.Equal(("TOO_MANY_UPLOADS", 3), (UploadTests.Code(error), error.GetProperty("extensions").GetProperty("limit").GetInt32()));
            Assert.StartsWith("3 uploads of this token are being read already", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        using (var sent = await PostAsync("main", other))
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        foreach (var sender in hanging)
        {
            await sender.EndAsync();
            using var answer = await sender.AnswerAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            sender.Dispose();
        }

        using var again = await PostAsync("main", greedy);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private string Add(TokenScope scope, string? site) => server.Tokens.Add(scope, site is null ? [] : [site], null, null).Text;

    private Task<HttpResponseMessage> PostAsync(string site, string? token, string? authorization = null)
        => server.PostAsync(Log, Uri.EscapeDataString(site), headers: token is null ? [] : [("Authorization", authorization ?? "Bearer " + token)]);

    private async Task<HttpResponseMessage> GetAsync(string site, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ingest/" + Uri.EscapeDataString(site)) { Headers = { { UploadHeaders.Log, new string('a', 64) } } };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer without what differs between any two.</summary>
    private static string Lasting(string answer)
        => DateOrId().Replace(answer, "");

    [GeneratedRegex("(Date|X-Request-Id): [^\r\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex DateOrId();
}
