using System.Buffers;
using System.Text.RegularExpressions;

namespace StatsGraph.Ingest.Parsing;

/// <summary>Tells relays and bots from players by the user agent: the maintained list, a few rules of our own, the configured ones.</summary>
internal sealed partial class UserAgentRules
{
    /// <summary>The time of a match is linear in the length of the text, so that no match ever has to be given up on.</summary>
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>
    /// Up to this length, and for so many user agents, the plain way to match is as good; it costs nothing to begin with, while the linear one
    /// takes a tenth of a second before its first match.
    /// </summary>
    private const int ShortText = 1_000;
    private const int FewTexts = 2_000;

    /// <summary>
    /// Names bots that the list does not know yet: a word that ends in <c>bot</c> or <c>bots</c>, but for CUBOT, which makes phones.
    /// </summary>
    internal const string BotWord = @"(?i)(?:^|[^u]|(?:^|[^c])u)bots?(?:[^a-z]|\z)";

    /// <summary>What players send although the list names it.</summary>
    private const string ListedPlayers = "okhttp|^GoogleChirp|CUBOT";

    private readonly string[] relays;
    private readonly SearchValues<string> botNames;
    private readonly Regex listedBots;
    private readonly Lazy<Regex> listedBotsLinear;
    private readonly Regex[] bots;
    private readonly Regex[] players;
    private int read;

    /// <summary>Prepares the rules.</summary>
    /// <exception cref="IngestException">A configured pattern is no regular expression or none that matches in linear time, or a relay's name is empty.</exception>
    public UserAgentRules(ClassificationRules rules)
    {
        if (rules.Relays.Any(string.IsNullOrWhiteSpace))
            throw new IngestException("a relay rule is empty; expected the product name a server's user agent begins with");
        relays = [.. rules.Relays];
        var list = CrawlerList.Load();
        botNames = SearchValues.Create(list.Names.ToArray(), StringComparison.Ordinal);
        listedBots = new Regex(list.Pattern, RegexOptions.CultureInvariant);
        listedBotsLinear = new Lazy<Regex>(() => new Regex(list.Pattern, Linear));
        bots = [.. rules.Bots.Select(pattern => Configured("bot", pattern))];
        players = [.. rules.Players.Select(pattern => Configured("player", pattern))];
    }

    /// <summary>What a user agent tells.</summary>
    /// <param name="field">The bytes of the column.</param>
    public UserAgent Read(ReadOnlySpan<byte> field)
    {
        if (LineText.Field(field) is not { } text)
            return new UserAgent(null, null, isRelay: false, isBot: false);
        var isRelay = IsRelay(text);
        return new UserAgent(text, PlayerNames.Of(text), isRelay, !isRelay && IsBot(text));
    }

    private bool IsRelay(string userAgent)
    {
        foreach (var relay in relays)
        {
            if (userAgent.StartsWith(relay, StringComparison.OrdinalIgnoreCase)
                && (userAgent.Length == relay.Length || !ContinuesName(userAgent[relay.Length])))
                return true;
        }

        return false;
    }

    private static bool ContinuesName(char next) => char.IsLetterOrDigit(next) || next is '-' or '_';

    private bool IsBot(string userAgent)
        => (userAgent.AsSpan().ContainsAny(botNames) || IsListedBot(userAgent) || BotWords().IsMatch(userAgent) || AnyMatches(bots, userAgent))
            && !ListedPlayer().IsMatch(userAgent) && !AnyMatches(players, userAgent);

    private bool IsListedBot(string userAgent)
    {
        var isPlain = userAgent.Length <= ShortText && Interlocked.Increment(ref read) <= FewTexts;
        return (isPlain ? listedBots : listedBotsLinear.Value).IsMatch(userAgent);
    }

    private static bool AnyMatches(Regex[] patterns, string userAgent)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.IsMatch(userAgent))
                return true;
        }

        return false;
    }

    private static Regex Configured(string kind, string pattern)
    {
        try
        {
            return new Regex(pattern, Linear);
        }
        catch (NotSupportedException exception)
        {
            throw new IngestException(
                $"the {kind} pattern '{pattern}' cannot be matched in linear time; expected one without look-arounds, "
                + $"back-references, conditions and atomic groups, and of a moderate size: {exception.Message}",
                exception);
        }
        catch (ArgumentException exception)
        {
            throw new IngestException($"the {kind} pattern '{pattern}' is no regular expression: {exception.Message}", exception);
        }
    }

    /// <summary>Looks at each character a few times at most.</summary>
    [GeneratedRegex(BotWord, RegexOptions.CultureInvariant)]
    private static partial Regex BotWords();

    /// <summary>Looks at each character a few times at most.</summary>
    [GeneratedRegex(ListedPlayers, RegexOptions.CultureInvariant)]
    private static partial Regex ListedPlayer();
}
