using System.Text;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Tests.Ingest.Sessions;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("81.2.69.160 - bob [22/Nov/2026:17:00:33 +0000] \"GET /a", "* - * [22/Nov/2026:17:00:33 +0000] \"GET /a")]
    [InlineData("dsl-42.isp.example - - [22/Nov/2026] x", "* - * [22/Nov/2026] x")]
    [InlineData("10.0.0.1, 10.0.0.2 - bob [x] y", "* - * [x] y")]
    [InlineData("1.2.3.4 - John Smith [x] y", "* - * [x] y")]
    [InlineData("a - b [x] \"GET /\" 200 1 \"-\" \"v\" 1 c - d [y] z", "* - * [x] \"GET /\" 200 1 \"-\" \"v\" 1 * - * [y] z")]
    [InlineData("81.2.69.160 - bob %5B22", "* - * %5B22")]
    [InlineData("from 81.2.69.160:8000 to 2001:db8::1 and fe80::1%eth0", "from *:8000 to * and *%eth0")]
    [InlineData("host 81-2-69-160.isp.example", "host *.isp.example")]
    [InlineData("at 17:00:33 on 2026-11-22, 1.2.3", "at 17:00:33 on 2026-11-22, 1.2.3")]
    [InlineData("GET /a?token=secret b HTTP/1.0\" 200 \"http://x/?q=a b\" \"y\"", "GET /a?* HTTP/1.0\" 200 \"http://x/?*\" \"y\"")]
    [InlineData("GET%20/a%3Ftoken%3Dsecret", "GET%20/a%3F*")]
    [InlineData("\"http://user:p@ss@host/x\" why? \"z\"", "\"http://*@host/x\" why?*\"z\"")]
    [InlineData("a\tb\u0001", "a\\x09b\\x01")]
    [InlineData("[2026-11-22  17:00:33] INFO a - b", "[2026-11-22  17:00:33] INFO *")]
    [InlineData("[2026-11-22  17:00:33] WARN auth/auth_htpasswd user \"john.doe\" failed", "[2026-11-22  17:00:33] WARN auth/auth_htpasswd *")]
    [InlineData("81.2.69.7 john.doe [22/Nov/2026] x", "* * [22/Nov/2026] x")]
    [InlineData("* ident john.doe [22/Nov/2026] x", "* * * [22/Nov/2026] x")]
    [InlineData("p4FE12AB.dip0.t-ipconnect.de\tjohn\t[22/Nov/2026] x", "* * [22/Nov/2026] x")]
    [InlineData("81.2.69.160 p4FE12AB.dip0.t-ipconnect.de 2026-11-22 17:00:33 /a?x 200 VLC", "* * 2026-11-22 17:00:33 /a?*")]
    [InlineData("client ip:2001:db8:1:2:3:4:5:6 gone", "client ip* gone")]
    [InlineData("x [22/Nov/2026] \"GET /\" 200 1 \"-\" \"v\" 1581.2.69.160 john [22/Nov/2026] y", "* [22/Nov/2026] \"GET /\" 200 1 \"-\" \"v\" * * [22/Nov/2026] y")]
    [InlineData("x [22/Nov/2026] \"GET /a?b\"c HTTP/1.0\" 200 1 \"-\" \"v\" 1", "* [22/Nov/2026] \"GET /a?* HTTP/1.0\" 200 1 \"-\" \"v\" 1")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title", "22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title")]
    [InlineData("", "")]
    public void What_must_not_be_stored_is_masked(string line, string excerpt)
        => Assert.Equal(excerpt, Excerpt.Of(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("nul-inside", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a\0?{Q} HTTP/1.1\" 200 1 \"http://{U}:{Q}@x/?{Q}\" \"v\" 15")]
    [InlineData("error-log", "[2026-11-22  17:00:33] INFO auth/check user \"{U}\" from {C} asked for /a?{Q}")]
    [InlineData("playlist-log", "22/Nov/2026:17:00:33 +0000|/a?{Q}|12|x")]
    [InlineData("w3c-format", "{C} {C} 2026-11-22 17:00:33 /a?{Q} 200 VLC 100 15 8")]
    [InlineData("syslog-prefix", "Nov  2 17:00:33 host icecast[12]: {C} {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("syslog-prefix", "<134>1 2026-11-22T17:00:33Z host icecast - - [m n=\"1\"] {C} {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200")]
    [InlineData("syslog-prefix", "Nov  2 17:00:33 host icecast: {C} - {U}")]
    [InlineData("escaped-format", "{C} - {U} 22%2FNov GET%20/a%3F{Q} 200 1 http://{U}:{Q}%40x/%3F{Q} VLC 15")]
    [InlineData("escaped-format", "{C} {U} 22%2FNov GET%20/a%3F{Q} 200")]
    [InlineData("address-list", "{C}, {C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("address-list", "{C}, {C} {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("bad-prefix", "{C} - {U} {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("bad-prefix", "{C} \"{U}\" [2026-11-22 17:00:33] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("bad-prefix", "{C} {U} \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("no-offset", "{C} - {U} [22/Nov/2026:17:00:33] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("bad-date", "[{C} - {U} [2026-11-22] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15")]
    [InlineData("two-records", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 15 {C} {U} [22/Nov/2026:17:00:33 +0000] \"GET")]
    [InlineData("two-records", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a{C} {U} [22/Nov/2026:17:00:33 +0000] \"GET /?{Q}")]
    [InlineData("bad-request", "{C} - {U} [22/Nov/2026:17:00:33 +0000] GET /a?{Q} HTTP/1.1 200 1 - x 15")]
    [InlineData("bad-request", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q}\"{Q} {Q}\" 200 1 \"-\" \"x\" 15")]
    [InlineData("empty-request", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"\" 400 1 \"http://{U}:{Q}\"{Q}@x\" \"v\" 15")]
    [InlineData("bad-bytes", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 18446744073709551616 \"-\" \"v\" 15")]
    [InlineData("truncated", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q}")]
    [InlineData("truncated", "{C} - {U}")]
    [InlineData("truncated", "{C}")]
    [InlineData("no-duration", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\"")]
    [InlineData("negative-duration", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" -1")]
    [InlineData("bad-duration", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"-\" \"v\" 1.5")]
    [InlineData("bad-tail", "{C} - {U} [22/Nov/2026:17:00:33 +0000] \"GET /a?{Q} HTTP/1.1\" 200 1 \"http://x/?{Q}\" 15")]
    public void Nothing_private_survives_whatever_the_reason(string reason, string shape)
    {
        foreach (var client in new[] { "81.2.69.163", "2001:db8:1:2:3:4:5:6", "fe80::aa%eth0", "p4FE12AB.dip0.secret.example", "zzsecret" })
        {
            var line = shape.Replace("{C}", client, StringComparison.Ordinal)
                .Replace("{U}", "john.doe", StringComparison.Ordinal).Replace("{Q}", "token=hush", StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(line);
            Assert.False(LineParser.TryParse(bytes, out _, out var actual));
            var isCut = reason == "truncated";
            Assert.True(isCut || actual.Name() == reason, $"{line}: {actual.Name()}");

            var excerpt = Excerpt.Of(bytes, isCut);

            Assert.DoesNotMatch("john|doe|token|hush|secret|dip0|p4FE|69|db8|2:3|fe80|aa", excerpt);
        }
    }

    [Fact]
    public void Invalid_text_is_replaced() => Assert.Equal("a\uFFFDb", Excerpt.Of([(byte)'a', 0xFF, (byte)'b']));

    [Fact]
    public void An_excerpt_has_200_characters_at_most()
    {
        Assert.Equal(new string('a', 200), Excerpt.Of(Encoding.UTF8.GetBytes(new string('a', 250))));
        Assert.Equal(new string('b', 199), Excerpt.Of(Encoding.UTF8.GetBytes(new string('b', 199) + "\U0001F4FB")));
        Assert.Equal(new string('c', 200), Excerpt.Of(Encoding.UTF8.GetBytes(new string('c', 2000))));
    }

    [Fact]
    public void An_address_at_the_edge_of_what_is_looked_at_stays_hidden()
    {
        for (var padding = 980; padding < 1030; padding++)
        {
            var line = "?" + new string('q', padding) + "\" 2001:db8:1:2:3:4:5:6 81.2.69.160 end";
            Assert.DoesNotMatch("[0-9]", Excerpt.Of(Encoding.UTF8.GetBytes(line)));
        }
    }
}
