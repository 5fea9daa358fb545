using System.Net;
using System.Text;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Tests.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Uploads;

/// <summary>What is too much is refused with a code and the limit, and what was read until then is kept and told.</summary>
public sealed class UploadLimitTests
{
    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(1_000));

    public static TheoryData<string, string, long> Excesses => new()
    {
        { "too many bytes", "UPLOAD_TOO_LARGE", 50_000 },
        { "too many unpacked bytes", "UNCOMPRESSED_TOO_LARGE", 50_000 },
        { "too many lines", "TOO_MANY_LINES", 300 },
        { "a line that is too long", "LINE_TOO_LONG", 70_000 },
        { "an endless line", "LINE_TOO_LONG", 70_000 },
        { "a gzip of zeros", "EXPANDS_TOO_MUCH", 20 },
        { "members of zeros", "EXPANDS_TOO_MUCH", 20 },
        { "a gzip in a gzip", "EXPANDS_TOO_MUCH", 20 },
        { "a zstd of zeros", "EXPANDS_TOO_MUCH", 20 },
    };

    [Theory]
    [MemberData(nameof(Excesses))]
    public async Task Too_much_is_refused_by_its_limit(string what, string code, long limit)
    {
        var zeros = new byte[80 << 20];
        byte[] endless = [.. Log, .. Enumerable.Repeat((byte)'a', 3 << 20)];
        var (limits, body, encoding, kept) = what switch
        {
            "too many bytes" => (new UploadLimits { MaximumBytes = limit }, Log, (string?)null, 0),
            "too many unpacked bytes" => (new UploadLimits { MaximumUncompressedBytes = limit }, SomeArchive.Of("gzip", Log), "gzip", 0),
            "too many lines" => (new UploadLimits { MaximumLines = (int)limit }, Log, null, 0),
            "a line that is too long" => (new UploadLimits { MaximumLineBytes = (int)limit }, endless[..(Log.Length + 75_000)], null, 1_000),
            "an endless line" => (new UploadLimits { MaximumLineBytes = (int)limit }, endless, null, 1_000),
            "a gzip of zeros" => (new UploadLimits { MaximumRatio = (int)limit }, SomeArchive.Of("gzip", zeros), null, 0),
            "members of zeros" => (new UploadLimits { MaximumRatio = (int)limit },
                SomeArchive.OfTwo("gzip", [.. Log, .. zeros[..(zeros.Length / 2)]], zeros[..(zeros.Length / 2)]), null, 0),
            "a gzip in a gzip" => (new UploadLimits { MaximumRatio = (int)limit }, SomeArchive.Of("gzip", SomeArchive.Of("gzip", zeros)), "gzip", 0),
            _ => (new UploadLimits { MaximumRatio = (int)limit }, SomeArchive.Of("zstd", zeros), "zstd", 0),
        };
        await using var server = await UploadServer.StartAsync(limits, linesPerCommit: 100);

        using var response = await server.PostAsync(body, encoding: encoding);

        var error = await UploadTests.ErrorAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal((code, limit), (UploadTests.Code(error), error.GetProperty("extensions").GetProperty("limit").GetInt64()));
        Assert.Contains("setting Server:Ingest:Maximum", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        if (kept > 0)
            Assert.Equal(kept, UploadTests.Summary(error).GetProperty("classes").GetProperty("listener").GetInt32());
    }

    [Fact]
    public async Task A_body_without_an_end_is_refused_and_its_lines_until_then_are_kept()
    {
        await using var server = await UploadServer.StartAsync(new UploadLimits { MaximumBytes = 2_000_000 }, linesPerCommit: 1_000);
        using var sender = await HangingSender.StartAsync(server.Address, Encoding.UTF8.GetBytes(SomeLine.Log(20_000)));
        using var response = await sender.AnswerAsync();
        var error = await UploadTests.ErrorAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("UPLOAD_TOO_LARGE", UploadTests.Code(error));
        var kept = UploadTests.Summary(error).GetProperty("classes").GetProperty("listener").GetInt32();
        Assert.InRange(kept, 10_000, 20_000);
        Assert.Equal($"{kept}", Assert.Single(server.Folder.Query("select count(*) from line")));
    }

    [Fact]
    public async Task A_hole_of_nuls_before_a_line_is_no_long_line()
    {
        using var local = new DataFolder();
        byte[] log = [.. Log, .. new byte[3 << 20], .. Encoding.UTF8.GetBytes(SomeLine.Log(1, first: 2_000))];
        local.Ingest(local.Write("access.log", log));
        await using var server = await UploadServer.StartAsync(keyOf: local);
        using var response = await server.PostAsync(log);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Fact]
    public async Task One_who_is_too_slow_is_told_so_and_what_came_is_kept()
    {
        await using var server = await UploadServer.StartAsync(new UploadLimits { MaximumTime = TimeSpan.FromSeconds(1) });
        using var sender = await HangingSender.StartAsync(server.Address, Log);
        using var response = await sender.AnswerAsync();
        var error = await UploadTests.ErrorAsync(response, HttpStatusCode.RequestTimeout);
        Assert.Equal(("UPLOAD_TOO_SLOW", 1), (UploadTests.Code(error), error.GetProperty("extensions").GetProperty("limit").GetInt32()));
        Assert.Equal(1_000, UploadTests.Summary(error).GetProperty("lines").GetInt32());
        Assert.Equal("1000", Assert.Single(server.Folder.Query("select count(*) from line")));
    }

    [Fact]
    public async Task More_uploads_than_may_be_read_at_once_are_put_off()
    {
        await using var server = await UploadServer.StartAsync(new UploadLimits { MaximumUploads = 1 });
        using var hanging = await HangingSender.StartAsync(server.Address, Log);
        using (var second = await server.PostAsync(Log, "other"))
        {
            var error = await UploadTests.ErrorAsync(second, HttpStatusCode.ServiceUnavailable);
            Assert.Equal("TOO_MANY_UPLOADS", UploadTests.Code(error));
            Assert.Equal(TimeSpan.FromSeconds(5), second.Headers.RetryAfter!.Delta);
        }

        await hanging.EndAsync();
        using (var first = await hanging.AnswerAsync())
            Assert.Equal(1_000, (await UploadTests.JsonAsync(first)).GetProperty("classes").GetProperty("listener").GetInt32());

        using var third = await server.PostAsync(Log, "other");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task A_server_that_is_being_stopped_keeps_what_came_and_says_so()
    {
        await using var server = await UploadServer.StartAsync();
        using var hanging = await HangingSender.StartAsync(server.Address, Log);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var stopping = server.StopAsync();
        using var response = await hanging.AnswerAsync();
        var error = await UploadTests.ErrorAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("SERVER_STOPPING", UploadTests.Code(error));
        Assert.NotNull(response.Headers.RetryAfter);
        var kept = UploadTests.Summary(error).GetProperty("lines").GetInt32();
        Assert.Equal($"{kept}", Assert.Single(server.Folder.Query("select count(*) from line")));
        await stopping;
    }
}
