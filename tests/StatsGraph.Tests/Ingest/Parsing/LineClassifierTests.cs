using StatsGraph.Ingest;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Ingest.Parsing;

public sealed class LineClassifierTests
{
    private static readonly LineClassifier Classifier = new(ClassificationRules.Default);

    [Theory]
    [InlineData("SOURCE /live ICE/1.0", 200, 0, 90, LineClass.Source)]
    [InlineData("PUT /live HTTP/1.1", 401, 0, 0, LineClass.Source)]
    [InlineData("STATS / ICE/1.0", 200, 0, 0, LineClass.Admin)]
    [InlineData("GET /admin/stats.xml HTTP/1.1", 401, 0, 0, LineClass.Admin)]
    [InlineData("GET /admin.cgi?pass=x HTTP/1.1", 200, 0, 0, LineClass.Admin)]
    [InlineData("GET /admins HTTP/1.1", 200, 9000, 9, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 404, 0, 100, LineClass.Error)]
    [InlineData("POST /live HTTP/1.1", 405, 0, 0, LineClass.Error)]
    [InlineData("GET /status-json.xsl HTTP/1.1", 404, 0, 0, LineClass.Error)]
    [InlineData("GET /live HTTP/1.1", 302, 0, 0, LineClass.Error)]
    [InlineData("HEAD /live HTTP/1.1", 200, 0, 0, LineClass.NonStream)]
    [InlineData("OPTIONS /live HTTP/1.1", 204, 0, 0, LineClass.NonStream)]
    [InlineData("GET /live HTTP/1.1", 204, 9000, 9, LineClass.NonStream)]
    [InlineData("GET /live HTTP/1.1", 100, 9000, 9, LineClass.NonStream)]
    [InlineData("GET /live.M3U?x HTTP/1.1", 200, 9000, 9, LineClass.NonStream)]
    [InlineData("GET /favicon.ico HTTP/1.1", 200, 9000, 0, LineClass.NonStream)]
    [InlineData("GET /m3u HTTP/1.1", 200, 9000, 9, LineClass.Listener)]
    [InlineData("GET / HTTP/1.1", 200, 9000, 0, LineClass.NonStream)]
    [InlineData("GET / HTTP/1.1", 200, 9000, 1, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 206, 1024, 0, LineClass.NonStream)]
    [InlineData("GET /live HTTP/1.1", 206, 1023, 0, LineClass.Probe)]
    [InlineData("GET /live HTTP/1.1", 206, 2, 1, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 200, 2, 0, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 200, 0, 59, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 200, 5999, 60, LineClass.Suspect)]
    [InlineData("GET /live HTTP/1.1", 200, 6000, 60, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 200, 999999999999, 2592000, LineClass.Listener)]
    [InlineData("GET /live HTTP/1.1", 200, 999999999999, 2592001, LineClass.Suspect)]
    [InlineData("GET /live HTTP/1.1", 200, 999999999999, 18446744073709551615, LineClass.Suspect)]
    [InlineData("GET /live HTTP/1.1", 404, 0, 18446744073709551615, LineClass.Error)]
    public void The_first_rule_that_fits_decides(string request, int status, ulong bytes, ulong duration, LineClass expected)
        => Assert.Equal(expected, Classify(Classifier, request, status, bytes, duration, SomeLine.Vlc));

    [Theory]
    [InlineData("Icecast 2.4.4", LineClass.Relay)]
    [InlineData("Icecast bot", LineClass.Relay)]
    [InlineData("curl/8", LineClass.Bot)]
    [InlineData("-", LineClass.Listener)]
    public void Who_listens_is_told_by_the_user_agent(string userAgent, LineClass expected)
        => Assert.Equal(expected, Classify(Classifier, "GET /live HTTP/1.1", 200, 9000, 9, userAgent));

    [Fact]
    public void A_bot_of_an_impossible_duration_is_suspect_first()
        => Assert.Equal(LineClass.Suspect, Classify(Classifier, "GET /live HTTP/1.1", 200, 0, 90, "curl/8"));

    [Fact]
    public void The_ceiling_is_configurable()
    {
        var classifier = new LineClassifier(new ClassificationRules { DurationCeiling = TimeSpan.FromSeconds(10) });

        Assert.Equal(LineClass.Listener, Classify(classifier, "GET /live HTTP/1.1", 200, 9000, 10, "x"));
        Assert.Equal(LineClass.Suspect, Classify(classifier, "GET /live HTTP/1.1", 200, 9000, 11, "x"));
    }

    private static LineClass Classify(LineClassifier classifier, string request, int status, ulong bytes, ulong duration, string userAgent)
    {
        var line = SomeLine.Text(request: request, status: $"{status}", bytes: $"{bytes}", duration: $"{duration}", userAgent: userAgent);
        Assert.True(LineParser.TryParse(SomeLine.Bytes(line), out var record, out var reason), reason.Name());
        return classifier.Classify(record, MountPath.FromTarget(record.Target), classifier.UserAgents.Read(record.UserAgent));
    }
}
