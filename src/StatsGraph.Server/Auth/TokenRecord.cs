using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StatsGraph.Server.Auth;

/// <summary>What is kept of a token, as its file has it in JSON: everything but the secret.</summary>
/// <remarks>
/// The secret is 256 random bits, so no list of likely ones can be tried against its hash: a slow hash with a salt, as passwords need it, would
/// only cost every request its time.
/// </remarks>
/// <param name="Id">Public part of the token's text, and the name of the file.</param>
/// <param name="Name">What people call it; null for nothing.</param>
/// <param name="Scope">What it is for.</param>
/// <param name="Sites">Keys of its sites, in ordinal order; <c>*</c> alone for all, also those that are yet to come.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">From when on it is worth nothing; null for never.</param>
/// <param name="Revoked">When it was revoked; null while it is not.</param>
/// <param name="Sha256">SHA-256 of the secret's text, 64 lower-case hexadecimal digits.</param>
public sealed record TokenRecord(
    string Id,
    string? Name,
    TokenScope Scope,
    IReadOnlyList<string> Sites,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    DateTimeOffset? Revoked,
    string Sha256)
{
    /// <summary>Stands for all sites.</summary>
    public const string AllSites = "*";

    private const int HashDigits = 64;
    private const int LongestSite = 64;

    private static readonly SearchValues<char> SiteCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> HashCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>Strict, lest a file that is half understood grants more than was meant.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Whether it is for all sites.</summary>
    [JsonIgnore]
    public bool IsForAllSites => Sites is [AllSites];

    /// <summary>Whether it is worth anything at an instant.</summary>
    public bool IsUsable(DateTimeOffset now) => Revoked is null && !(now >= Expires);

    /// <summary>The content of its file.</summary>
    internal byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    /// <summary>Reads the content of a file.</summary>
    /// <param name="id">The name of the file.</param>
    /// <param name="content">The content.</param>
    /// <param name="fault">What is wrong with it; null where nothing is.</param>
    /// <returns>Null where something is wrong.</returns>
    internal static TokenRecord? Read(string id, ReadOnlySpan<byte> content, out string? fault)
    {
        try
        {
            var record = JsonSerializer.Deserialize<TokenRecord>(content, Json);
            fault = record is null ? "it holds no object" : record.Fault(id);
            return fault is null ? record : null;
        }
        catch (JsonException invalid)
        {
            fault = invalid.Message;
            return null;
        }
    }

    private string? Fault(string id)
        => Id != id ? $"its 'id' is '{Id}'"
            : !Enum.IsDefined(Scope) ? "its 'scope' is none"
            : Sites.Count == 0 || !(IsForAllSites || Sites.All(IsSite)) ? "its 'sites' are no keys of sites, and not '*' alone"
            : Sha256.Length != HashDigits || Sha256.AsSpan().ContainsAnyExcept(HashCharacters) ? "its 'sha256' is no SHA-256"
            : null;

    private static bool IsSite(string? text)
        => text is { Length: > 0 and <= LongestSite } && !text.AsSpan().ContainsAnyExcept(SiteCharacters);
}
