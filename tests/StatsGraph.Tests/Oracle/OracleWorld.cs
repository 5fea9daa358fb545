namespace StatsGraph.Tests.Oracle;

/// <summary>Where an address is, as far as it is known. The names are English.</summary>
public sealed record OraclePlace(
    string? Country = null, string? Region = null, string? City = null, long? NetworkNumber = null, string? NetworkName = null);

/// <summary>Facts about a country code.</summary>
public sealed record OracleCountry(string Name, string? Continent = null, double? Latitude = null, double? Longitude = null);

/// <summary>What the figures depend on and no rule of the domain defines: data, lists and the keyed hash.</summary>
public sealed record OracleWorld
{
    /// <summary>Keyed hash of a stripped line; settles ties and picks the examples of rejections.</summary>
    public Func<byte[], long> LineHash { get; init; } = line => BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(line));

    /// <summary>Place of an IP address in canonical text.</summary>
    public Func<string, OraclePlace?> Place { get; init; } = _ => null;

    /// <summary>Facts about a country code.</summary>
    public Func<string, OracleCountry?> Country { get; init; } = _ => null;

    /// <summary>Name of the player that a user agent tells.</summary>
    public Func<string?, string?> Player { get; init; } = agent => agent?.Split('/')[0];

    /// <summary>Kind of a referrer's host.</summary>
    public Func<string?, string> ReferrerKind { get; init; } = host => host is null ? "DIRECT" : "WEBSITE";

    /// <summary>Patterns that name bots.</summary>
    public IReadOnlyList<string> BotPatterns { get; init; } = ["curl", "Wget", "python-requests"];

    /// <summary>Product names of streaming servers; null for the usual three.</summary>
    public IReadOnlyList<string>? Relays { get; init; }
}
