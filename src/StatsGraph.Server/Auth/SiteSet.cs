using System.Collections.Frozen;

namespace StatsGraph.Server.Auth;

/// <summary>Sites by key: all of them, or some.</summary>
internal sealed class SiteSet
{
    /// <summary>Every site, also those that are yet to come.</summary>
    public static readonly SiteSet All = new(null);

    /// <summary>No site.</summary>
    public static readonly SiteSet None = new([]);

    private readonly FrozenSet<string>? keys;

    private SiteSet(IEnumerable<string>? keys)
    {
        this.keys = keys?.ToFrozenSet(StringComparer.Ordinal);
        Text = this.keys is null ? TokenRecord.AllSites : string.Join(',', this.keys.Order(StringComparer.Ordinal));
    }

    /// <summary>The same text for the same sites, and another one for others: a key holds neither comma nor asterisk.</summary>
    public string Text { get; }

    /// <summary>Whether it is all sites.</summary>
    public bool IsAll => keys is null;

    /// <summary>Whether it is no site.</summary>
    public bool IsNone => keys?.Count == 0;

    /// <summary>Some sites.</summary>
    public static SiteSet Of(IEnumerable<string> keys) => new(keys);

    /// <summary>The sites of a token.</summary>
    public static SiteSet Of(TokenRecord token) => token.IsForAllSites ? All : new SiteSet(token.Sites);

    /// <summary>Whether a site is among them. The empty key is none.</summary>
    public bool Contains(string site) => site.Length > 0 && keys?.Contains(site) != false;

    /// <summary>These and others.</summary>
    public SiteSet And(SiteSet others) => keys is null || others.keys is null ? All : new SiteSet(keys.Union(others.keys));
}
