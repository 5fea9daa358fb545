using System.Text.Json;
using System.Text.RegularExpressions;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Tests.Ingest.Parsing;

public sealed class UserAgentTests
{
    private static readonly UserAgentRules Rules = new(ClassificationRules.Default);

    [Theory]
    [InlineData("Icecast 2.4.4", true)]
    [InlineData("icecast/2.5", true)]
    [InlineData("Liquidsoap", true)]
    [InlineData("SHOUTcast Directory Tester", true)]
    [InlineData("Icecaster/1", false)]
    [InlineData("Icecast-player", false)]
    [InlineData("My Icecast", false)]
    public void A_relay_begins_with_a_servers_name(string userAgent, bool isRelay)
        => Assert.Equal(isRelay, Rules.Read(SomeLine.Bytes(userAgent)).IsRelay);

    [Theory]
    [InlineData("Googlebot/2.1 (+http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")]
    [InlineData("curl/8.5.0")]
    [InlineData("Wget/1.21")]
    [InlineData("python-requests/2.31")]
    [InlineData("Uptime-Kuma/1.23")]
    [InlineData("MyOwnBot")]
    [InlineData("Some-Bots/2")]
    [InlineData("Go-http-client/1.1")]
    public void What_a_pattern_names_is_a_bot(string userAgent) => Assert.True(Rules.Read(SomeLine.Bytes(userAgent)).IsBot);

    [Theory]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("VLC/3.0.20 LibVLC/3.0.20")]
    [InlineData("Lavf/60.3.100")]
    [InlineData("AppleCoreMedia/1.0.0.19H349 (iPhone; U; CPU OS 15_7 like Mac OS X; en_us)")]
    [InlineData("NSPlayer/12.00.26100 WMFSDK/12.00")]
    [InlineData("WinampMPEG/5.66, Ultravox/2.1")]
    [InlineData("Linux UPnP/1.0 Sonos/79.1 (ZPS1)")]
    [InlineData("okhttp/4.12.0")]
    [InlineData("GoogleChirp/1.56 CrKey")]
    [InlineData("Mozilla/5.0 (Linux; Android 11; CUBOT X50) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")]
    [InlineData("RadioApp/3 robotics")]
    [InlineData("TuneIn Radio/26.1; iPhone13,2; iOS/17")]
    public void A_player_is_no_bot(string userAgent) => Assert.False(Rules.Read(SomeLine.Bytes(userAgent)).IsBot);

    [Fact]
    public void Every_agent_that_the_list_gives_as_an_example_is_a_bot_but_for_the_players()
    {
        using var stream = typeof(CrawlerList).Assembly.GetManifestResourceStream("crawler-user-agents.json")!;
        using var list = JsonDocument.Parse(stream);
        var missed = list.RootElement.EnumerateArray()
            .SelectMany(crawler => crawler.TryGetProperty("instances", out var instances) ? instances.EnumerateArray().ToArray() : [])
            .Select(instance => instance.GetString()!)
            .Where(userAgent => Rules.Read(System.Text.Encoding.UTF8.GetBytes(userAgent)) is { IsBot: false, IsRelay: false })
            .Where(userAgent => !userAgent.Contains("okhttp", StringComparison.Ordinal) && !userAgent.StartsWith("GoogleChirp", StringComparison.Ordinal)
                && !userAgent.Contains("CUBOT", StringComparison.Ordinal));

        Assert.Empty(missed);
    }

    [Fact]
    public void Patterns_that_are_plain_texts_are_searched_for_as_texts()
    {
        var list = CrawlerList.From(["Googlebot\\/", "^curl", "a\\.b", "x\\d", "[wW]get"]);

        Assert.Equal(["Googlebot/", "a.b"], list.Names);
        Assert.Equal("(?:^curl)|(?:x\\d)|(?:[wW]get)", list.Pattern);
        Assert.InRange(CrawlerList.Load().Names.Count, 1400, 1500);
    }

    [Fact]
    public void Configured_rules_are_added_to_the_built_in_ones()
    {
        var rules = new UserAgentRules(new ClassificationRules
        {
            Relays = ["Rocket"],
            Bots = ["^Prober?$", "(?i)^checker"],
            Players = ["HonestBot"],
        });

        Assert.True(rules.Read("Rocket/1"u8).IsRelay);
        Assert.False(rules.Read("Icecast 2.4"u8).IsRelay);
        Assert.True(rules.Read("Prober"u8).IsBot);
        Assert.True(rules.Read("CHECKER 1"u8).IsBot);
        Assert.True(rules.Read("OtherBot"u8).IsBot);
        Assert.False(rules.Read("HonestBot"u8).IsBot);
    }

    [Fact]
    public void The_bot_word_is_what_a_look_around_would_find()
    {
        var expected = new Regex("(?i)(?<!cu)bots?(?![a-z])", RegexOptions.CultureInvariant);
        var actual = new Regex(UserAgentRules.BotWord, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        var random = new Random(1);
        var texts = Enumerable.Range(0, 100_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "bBoOtTsScCuUbot \nx1"[random.Next(18)])))
            .Concat(Enumerable.Range(0, char.MaxValue + 1).SelectMany(code => new[] { $"{(char)code}bot", $"c{(char)code}bot", $"{(char)code}ubot", $"bot{(char)code}", $"bots{(char)code}", $"b{(char)code}t", $"{(char)code}ot" }))
            .Concat(["bot", "bots", "cubot", "cubots bot", "ubot", "bot\n", "botsbot", "botbots"]);

        Assert.All(texts.Where(text => expected.IsMatch(text) != actual.IsMatch(text)), Assert.Fail);
    }

    [Theory]
    [InlineData("a(?=b)")]
    [InlineData("(?<!a)b")]
    [InlineData("(a)\\1")]
    public void A_pattern_that_could_take_for_ever_is_refused(string pattern)
    {
        var exception = Assert.Throws<IngestException>(() => new UserAgentRules(new ClassificationRules { Bots = [pattern] }));

        Assert.StartsWith($"the bot pattern '{pattern}' cannot be matched in linear time; expected one without look-arounds, ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_is_none_is_named()
    {
        var bot = Assert.Throws<IngestException>(() => new UserAgentRules(new ClassificationRules { Bots = ["("] }));
        var player = Assert.Throws<IngestException>(() => new UserAgentRules(new ClassificationRules { Players = ["[a"] }));
        var relay = Assert.Throws<IngestException>(() => new UserAgentRules(new ClassificationRules { Relays = [" "] }));

        Assert.StartsWith("the bot pattern '(' is no regular expression: ", bot.Message, StringComparison.Ordinal);
        Assert.StartsWith("the player pattern '[a' is no regular expression: ", player.Message, StringComparison.Ordinal);
        Assert.Equal("a relay rule is empty; expected the product name a server's user agent begins with", relay.Message);
    }

    [Theory]
    [InlineData("VLC/3.0.20 LibVLC/3.0.20", "VLC")]
    [InlineData("iTunes/12.13 (Windows; Microsoft Windows 11)", "Apple Music / iTunes")]
    [InlineData("AppleCoreMedia/1.0.0.19H349 (iPhone; U; CPU OS 15_7 like Mac OS X; en_us)", "iPhone (AppleCoreMedia)")]
    [InlineData("AppleCoreMedia/1.0.0.19H349 (iPad; U; CPU OS 15_7 like Mac OS X; en_us)", "iPad (AppleCoreMedia)")]
    [InlineData("AppleCoreMedia/1.0.0.21A5 (Apple Watch; U; en_us)", "Apple Watch (AppleCoreMedia)")]
    [InlineData("AppleCoreMedia/1.0.0.21A5 (HomePod; U; en_us)", "HomePod")]
    [InlineData("WinampMPEG/5.66", "Winamp")]
    [InlineData("foobar2000/1.6.16", "foobar2000")]
    [InlineData("Linux UPnP/1.0 Sonos/79.1 (ZPS1)", "Sonos")]
    [InlineData("NSPlayer/12.00.26100", "Windows Media Player")]
    [InlineData("Lavf/60.3.100", "FFmpeg")]
    [InlineData("Music Player Daemon 0.23.5", "Music Player Daemon")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36", "Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0", "Microsoft Edge")]
    [InlineData("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15", "Safari")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox")]
    [InlineData("MyStation/12 CFNetwork/1333.0.4 Darwin/21.5.0", "MyStation")]
    [InlineData("RadioApp", "RadioApp")]
    [InlineData("okhttp/4.12.0", "okhttp")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015", null)]
    [InlineData("a1b2c3d4e5f60718293", null)]
    [InlineData("Mozilla/5.0", null)]
    [InlineData("12.3", null)]
    public void A_user_agent_tells_the_players_name(string userAgent, string? player)
        => Assert.Equal(player, PlayerNames.Of(userAgent));

    [Theory]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("(null)")]
    public void A_missing_user_agent_tells_nothing(string field)
        => Assert.Equal((null, null), (Rules.Read(SomeLine.Bytes(field)).Text, Rules.Read(SomeLine.Bytes(field)).Player));
}
