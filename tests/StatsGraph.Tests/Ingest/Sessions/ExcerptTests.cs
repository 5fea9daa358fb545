using System.Text;
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
    [InlineData("[2026-11-22  17:00:33] INFO a - b", "[2026-11-22  17:00:33] INFO a - b")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title", "22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title")]
    [InlineData("", "")]
    public void What_must_not_be_stored_is_masked(string line, string excerpt)
        => Assert.Equal(excerpt, Excerpt.Of(Encoding.UTF8.GetBytes(line)));

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
