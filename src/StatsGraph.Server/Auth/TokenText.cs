using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace StatsGraph.Server.Auth;

/// <summary>
/// A token as people handle it: <c>sg_ID_SECRET</c>. The beginning says to people and to scanners of leaked secrets what it is, the id finds its
/// file, and the secret, 64 hexadecimal digits, is 256 random bits.
/// </summary>
/// <param name="Id">12 of a-z and 0-9.</param>
/// <param name="Secret">64 of 0-9 and a-f.</param>
internal readonly record struct TokenText(string Id, string Secret)
{
    /// <summary>What every token begins with.</summary>
    public const string Prefix = "sg_";

    private const string IdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Digits = "0123456789abcdef";
    private const int IdLength = 12;
    private const int SecretBytes = 32;

    private static readonly SearchValues<char> IdValues = SearchValues.Create(IdCharacters);
    private static readonly SearchValues<char> DigitValues = SearchValues.Create(Digits);

    /// <summary>SHA-256 of the secret, 32 bytes.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    /// <summary>A new one.</summary>
    public static TokenText Make()
        => new(RandomNumberGenerator.GetString(IdCharacters, IdLength), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Whether a text can be an id, and so the name of a file.</summary>
    public static bool IsId(string text) => text.Length == IdLength && !text.AsSpan().ContainsAnyExcept(IdValues);

    /// <summary>The token that a text is; null where it is none.</summary>
    public static TokenText? Parse(string text)
        => text.Length == Prefix.Length + IdLength + 1 + (2 * SecretBytes)
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length + IdLength] == '_'
            && new TokenText(text.Substring(Prefix.Length, IdLength), text[(Prefix.Length + IdLength + 1)..]) is var token
            && IsId(token.Id)
            && !token.Secret.AsSpan().ContainsAnyExcept(DigitValues) ? token : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
