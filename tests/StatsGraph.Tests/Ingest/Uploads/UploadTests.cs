using System.Net;
using System.Text;
using System.Text.Json;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Tests.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Uploads;

/// <summary>A log that is sent by hand becomes the lines that the command makes of the same file.</summary>
public sealed class UploadTests
{
    private const int LogLines = 1_000;

    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(LogLines));

    public static TheoryData<string, string?> Wrappings => new()
    {
        { "plain", null }, { "gzip", null }, { "bzip2", null }, { "zstd", null }, { "zstd-checked", null }, { "gzip,gzip", null },
        { "plain", "gzip" }, { "plain", "x-gzip" }, { "plain", "zstd" }, { "gzip", "zstd" }, { "zstd", "gzip" }, { "bzip2", "gzip" }, { "plain", "identity" },
    };

    [Theory]
    [MemberData(nameof(Wrappings))]
    public async Task However_it_is_packed_the_lines_are_those_of_the_file(string kind, string? encoding)
    {
        using var local = new DataFolder();
        var summary = local.Ingest(local.Write("access.log", Log));
        await using var server = await UploadServer.StartAsync(keyOf: local);
        var body = kind switch
        {
            "plain" => Log,
            "gzip,gzip" => SomeArchive.OfTwo("gzip", Log[..(Log.Length / 2)], Log[(Log.Length / 2)..]),
            _ => SomeArchive.Of(kind, Log),
        };
        body = encoding switch { "gzip" or "x-gzip" => SomeArchive.Of("gzip", body), "zstd" => SomeArchive.Of("zstd-checked", body), _ => body };

        using var response = await server.PostAsync(body, encoding: encoding);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(WithoutTime(Print(summary)), WithoutTime(await TextAsync(response)));
        Assert.Equal(local.Everything(), server.Folder.Everything());

        using var again = await server.PostAsync(body, encoding: encoding);
        var json = await JsonAsync(again);
        Assert.Equal((LogLines, LogLines), (json.GetProperty("lines").GetInt32(), json.GetProperty("alreadyIngested").GetInt32()));
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Theory]
    [InlineData("plain", null, 1, 0)]
    [InlineData("plain", "gzip", 1, 0)]
    [InlineData("gzip", null, 0, 1)]
    [InlineData("gzip", "zstd", 0, 1)]
    public async Task A_last_line_without_a_newline_waits_unless_an_archive_ends_with_it(string kind, string? encoding, int waiting, int rejected)
    {
        byte[] cut = [.. Log, .. Log[..40]];
        using var local = new DataFolder();
        var file = kind == "plain" ? cut : SomeArchive.Of(kind, cut);
        local.Ingest(local.Write("access.log", file));
        await using var server = await UploadServer.StartAsync(keyOf: local);
        var body = encoding switch { "gzip" => SomeArchive.Of("gzip", file), "zstd" => SomeArchive.Of("zstd", file), _ => file };

        using var response = await server.PostAsync(body, encoding: encoding);

        var json = await JsonAsync(response);
        Assert.Equal((waiting, rejected), (json.GetProperty("waiting").GetInt32(), json.GetProperty("classes").GetProperty("rejected").GetInt32()));
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Fact]
    public async Task A_dry_run_says_what_an_upload_would_do_and_writes_nothing()
    {
        await using var server = await UploadServer.StartAsync();
        using var response = await server.PostAsync(Log, headers: (UploadHeaders.DryRun, "1"));
        var json = await JsonAsync(response);
        Assert.Equal((true, LogLines), (json.GetProperty("dryRun").GetBoolean(), json.GetProperty("classes").GetProperty("listener").GetInt32()));
        Assert.False(Directory.Exists(server.Folder.Data));
    }

    [Fact]
    public async Task A_log_of_another_kind_is_told_and_its_lines_are_kept_as_rejected()
    {
        await using var server = await UploadServer.StartAsync();
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5).Select(second
            => $"[2026-11-22  17:00:0{second}] INFO main/main Icecast 2.4.4 server started\n")));
        using var response = await server.PostAsync(body);
        var error = await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("LOG_UNREADABLE", Code(error));
        Assert.StartsWith("The upload looks like an Icecast error.log", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, Summary(error).GetProperty("classes").GetProperty("rejected").GetInt32());
    }

    [Theory]
    [InlineData("gzip", "none of its lines is kept.", 0)]
    [InlineData("bzip2", "lines 1 to 873 of it are sound and kept, none after them is.", 873)]
    [InlineData("zstd-checked", "none of its lines is kept.", 0)]
    public async Task A_damaged_archive_is_told_and_gives_no_line_that_nothing_vouches_for(string kind, string fate, int lines)
    {
        await using var server = await UploadServer.StartAsync(linesPerCommit: 100_000);
        var body = SomeArchive.Of(kind, Log);
        using var response = await server.PostAsync(body[..^20]);
        var error = await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("LOG_UNREADABLE", Code(error));
        Assert.EndsWith(fate, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(lines, Summary(error).GetProperty("lines").GetInt32());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task An_encoding_that_is_not_read_is_refused(string encoding)
    {
        await using var server = await UploadServer.StartAsync();
        using var response = await server.PostAsync(Log, encoding: encoding);
        Assert.Equal("MEDIA_TYPE_UNSUPPORTED", Code(await ErrorAsync(response, HttpStatusCode.UnsupportedMediaType)));
    }

    [Theory]
    [InlineData("Main")]
    [InlineData("-a")]
    [InlineData("a%2Fb")]
    [InlineData("..%2f..%2fetc")]
    public async Task A_site_that_is_no_key_is_refused(string site)
    {
        await using var server = await UploadServer.StartAsync();
        using var response = await server.PostAsync(Log, site);
        var error = await ErrorAsync(response, HttpStatusCode.BadRequest);
        Assert.EndsWith($" is no site key; expected {SiteKey.Expectation}.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(server.Folder.Data));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task What_a_form_of_another_site_could_send_is_not_taken_without_a_token(string? type)
    {
        await using var server = await UploadServer.StartAsync();
        using (var refused = await server.PostAsync(Log, type: type))
            Assert.Equal("PREFLIGHT_REQUIRED", Code(await ErrorAsync(refused, HttpStatusCode.UnsupportedMediaType)));
        using (var refused = await server.PostAsync(Log, type: type, headers: ("Authorization", "Basic YTpi")))
            Assert.Equal("PREFLIGHT_REQUIRED", Code(await ErrorAsync(refused, HttpStatusCode.UnsupportedMediaType)));
        Assert.False(Directory.Exists(server.Folder.Data));
        using var taken = await server.PostAsync(Log, type: type, headers: ("Authorization", "Bearer abc"));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_is_not_told_how_far_a_log_is_known()
    {
        await using var server = await UploadServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ingest/main") { Headers = { { "Sec-Fetch-Site", "cross-site" }, { UploadHeaders.Log, new string('a', 64) } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("PREFLIGHT_REQUIRED", Code(await ErrorAsync(response, HttpStatusCode.Forbidden)));
    }

    [Theory]
    [InlineData(UploadHeaders.Log, "abc")]
    [InlineData(UploadHeaders.Before, "ABC")]
    [InlineData(UploadHeaders.After, "x")]
    [InlineData(UploadHeaders.Offset, "-1")]
    [InlineData(UploadHeaders.Offset, "900")]
    [InlineData(UploadHeaders.Length, "1e3")]
    [InlineData(UploadHeaders.Repeats, "")]
    public async Task A_part_whose_headers_are_wrong_is_refused_by_name(string header, string value)
    {
        await using var server = await UploadServer.StartAsync();
        var headers = new Dictionary<string, string>
        {
            [UploadHeaders.Log] = new('a', 64),
            [UploadHeaders.Offset] = "0",
            [UploadHeaders.Length] = "10",
            [UploadHeaders.Repeats] = "0",
            [header] = value,
        };
        using var response = await server.PostAsync(Log, headers: [.. headers.Select(pair => (pair.Key, pair.Value))]);
        var error = await ErrorAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(value == "900" ? UploadHeaders.Length : header, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(server.Folder.Data));
    }

    [Theory]
    [InlineData("0 a\n", 4)]
    [InlineData("1\n", 2)]
    [InlineData("x a\n", 4)]
    [InlineData("1 a", 3)]
    [InlineData("1 a\n", 5_000_000)]
    public async Task A_part_that_does_not_tell_of_equal_lines_as_it_says_is_refused(string repeats, int length)
    {
        await using var server = await UploadServer.StartAsync();
        using var response = await server.PostAsync(
            Encoding.UTF8.GetBytes(repeats), headers: [(UploadHeaders.Log, new string('a', 64)), (UploadHeaders.Offset, "0"), (UploadHeaders.Length, "10"), (UploadHeaders.Repeats, $"{length}")]);
        Assert.Equal("LOG_UNREADABLE", Code(await ErrorAsync(response, HttpStatusCode.UnprocessableEntity)));
    }

    /// <summary>The summary as the command prints it.</summary>
    internal static string Print(IngestSummary summary) => Terminal.IndentedJson.Print(json => IngestSummaryJson.Write(json, summary));

    /// <summary>What does not depend on the machine.</summary>
    internal static string WithoutTime(string summary)
        => string.Join('\n', summary.Split('\n').Where(line => !line.Contains("elapsedSeconds", StringComparison.Ordinal) && !line.Contains("linesPerSecond", StringComparison.Ordinal)));

    internal static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await TextAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    internal static async Task<JsonElement> ErrorAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await TextAsync(response);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode} {text}");
        return Assert.Single(JsonDocument.Parse(text).RootElement.GetProperty("errors").EnumerateArray());
    }

    internal static string? Code(JsonElement error) => error.GetProperty("extensions").GetProperty("code").GetString();

    internal static JsonElement Summary(JsonElement error) => error.GetProperty("extensions").GetProperty("summary");
}
