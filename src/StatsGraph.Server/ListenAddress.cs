using System.Net;
using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server;

/// <summary>
/// What an address to listen on means. It is taken apart by the parser that Kestrel uses, because two parsers that differ in one character
/// differ in who can reach the server.
/// </summary>
public static class ListenAddress
{
    private const string Expectation = "expected one such as http://127.0.0.1:5080";

    /// <summary>Checks an address such as <c>http://127.0.0.1:5080</c> and says whether only this machine can reach it.</summary>
    /// <param name="url">Scheme http or https, a name, an IP address or <c>*</c> or <c>+</c> for all, and a port; port 0 takes a free one.</param>
    /// <exception cref="FormatException">It is no such address; the message names it and what is wrong with it.</exception>
    public static bool IsLoopback(string url)
    {
        var host = Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Whether an address is served by TLS, for which a certificate is needed.</summary>
    /// <exception cref="FormatException">It is no address; the message names it and what is wrong with it.</exception>
    public static bool IsHttps(string url) => Parse(url).Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    /// <summary>Says what is missing where an address is https and there is no certificate.</summary>
    public static string CertificateMissing(string url)
        => $"'{url}' asks for https, which needs a certificate: name its PEM files in the settings Server:Certificate and Server:CertificateKey";

    private static BindingAddress Parse(string url)
    {
        if (url.AsSpan().IndexOfAny('@', '?', '#') is >= 0 and var place)
        {
            throw new FormatException(
                $"'{url}' is no address to listen on: '{url[place]}' in it begins or ends what such an address has not, "
                + $"a user name, a query or a fragment; {Expectation}");
        }

        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (Exception invalid) when (invalid is FormatException or ArgumentException)
        {
            throw new FormatException($"'{url}' is no address to listen on; {Expectation}", invalid);
        }

        return IsServed(address) ? address
            : throw new FormatException($"'{url}' is no address to listen on; {Expectation}");
    }

    /// <summary>Kestrel takes a host that it does not understand, such as <c>127.0.0.1:x</c>, for all addresses of the machine.</summary>
    private static bool IsServed(BindingAddress address)
        => (address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
                || address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
            && !address.IsUnixPipe
            && !address.IsNamedPipe
            && address.PathBase.Length == 0
            && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
            && (address.Host is "*" or "+" || IPAddress.TryParse(address.Host, out _) || IsName(address.Host));

    private static bool IsName(string host) => Uri.CheckHostName(host) == UriHostNameType.Dns;
}
