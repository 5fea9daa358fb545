using System.Collections.Frozen;

namespace StatsGraph.Reports;

/// <summary>Where a listener came from.</summary>
public enum ReferrerKind
{
    /// <summary>No referrer: a player, a bookmark, a typed address.</summary>
    Direct,

    /// <summary>A search engine.</summary>
    Search,

    /// <summary>A social network or messenger.</summary>
    Social,

    /// <summary>Any other web site.</summary>
    Website,
}

/// <summary>Tells search engines and social networks from other web sites.</summary>
public static class Referrers
{
    // Names of a host without its country's ending: google stands for google.com, www.google.de and news.google.co.uk.
    private static readonly FrozenSet<string> SearchEngines = FrozenSet.ToFrozenSet(
        ["google", "bing", "duckduckgo", "yahoo", "ecosia", "qwant", "startpage", "yandex", "baidu", "ask", "aol", "seznam", "naver", "sogou",
            "brave", "kagi", "swisscows", "metager", "mojeek"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> SocialNetworks = FrozenSet.ToFrozenSet(
        ["facebook", "fb", "instagram", "twitter", "x", "t", "linkedin", "lnkd", "reddit", "pinterest", "tiktok", "youtube", "youtu", "vk",
            "telegram", "whatsapp", "mastodon", "threads", "bsky", "tumblr", "xing", "discord", "snapchat", "messenger", "ok"],
        StringComparer.Ordinal);

    // Names so short that only the whole host tells.
    private static readonly FrozenSet<string> ShortHosts = FrozenSet.ToFrozenSet(
        ["x.com", "t.co", "t.me", "fb.com", "ok.ru", "ask.com", "vk.com"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> SecondLevels = FrozenSet.ToFrozenSet(["co", "com", "org", "net"], StringComparer.Ordinal);

    /// <summary>Kind of a referrer's host; null is direct.</summary>
    public static ReferrerKind Kind(string? host)
    {
        if (host is null)
            return ReferrerKind.Direct;
        var labels = host.Split('.');
        var end = labels.Length - 1;
        if (end > 1 && SecondLevels.Contains(labels[end - 1]))
            end--;
        var name = end > 0 ? labels[end - 1] : host;
        if (name.Length <= 3 && !ShortHosts.Contains($"{name}.{string.Join('.', labels[end..])}") && name is not "aol")
            return ReferrerKind.Website;
        return SearchEngines.Contains(name) ? ReferrerKind.Search
            : SocialNetworks.Contains(name) ? ReferrerKind.Social
            : ReferrerKind.Website;
    }
}
