using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StatsGraph.Tests.Oracle;

/// <summary>How the fields of a line are normalised. Arguments are Latin-1 texts: one character a byte.</summary>
public static class ReferenceText
{
    private const string Octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /// <summary>The bytes as UTF-8, invalid ones replaced.</summary>
    public static string Utf8(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <summary>A field that Icecast writes as <c>-</c> when the client did not send it.</summary>
    public static string? Optional(string bytes) => bytes is "" or "-" or "(null)" ? null : Utf8(bytes);

    /// <summary>Path of a request's target: no query string, percent-decoded once, slashes folded.</summary>
    public static string Path(string target)
    {
        var path = Regex.Replace(target, @"\?.*\z", "", RegexOptions.Singleline);
        path = Regex.Replace(
            path,
            "%(?!00)(?<hex>[0-9A-Fa-f]{2})",
            escape => ((char)int.Parse(escape.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        return Utf8(Regex.Replace(path, "/+", "/"));
    }

    /// <summary>Lower-case host of a referrer; null when there is none that is usable.</summary>
    public static string? Host(string? referrer)
    {
        var authority = Regex.Match(referrer ?? "", @"\A[A-Za-z][A-Za-z0-9+.\-]*://(?<authority>[^/?#]*)", RegexOptions.Singleline);
        if (!authority.Success)
            return null;

        var host = Regex.Replace(authority.Groups["authority"].Value, @"\A.*@", "", RegexOptions.Singleline);
        host = Regex.Match(host, @"\A(?:\[[^\]]*\]|[^:]*)").Value;
        host = Regex.Replace(host, @"\.\z", "");
        host = Regex.Replace(host, "[A-Z]+", letters => letters.Value.ToLowerInvariant());
        var usable = host.Length is > 0 and <= 253 && !host.Any(letter => char.IsControl(letter) || " \"<>\\".Contains(letter));
        return usable ? host : null;
    }

    /// <summary>Canonical text of an IP address, or the opaque token.</summary>
    public static (string Text, bool IsIp) Address(string token)
    {
        if (Regex.IsMatch(token, $@"\A{Octet}(?:\.{Octet}){{3}}\z"))
            return (token, true);

        var looksLikeV6 = token.Contains(':') && !token.Contains('%');
        if (!looksLikeV6 || !IPAddress.TryParse(token, out var address))
            return (Utf8(token), false);
        return ((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), true);
    }
}
