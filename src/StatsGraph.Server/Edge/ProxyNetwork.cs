using System.Net;
using System.Net.Sockets;

namespace StatsGraph.Server.Edge;

/// <summary>
/// Reads whom a setting means by a proxy. Strictly: what a lenient parser makes of <c>10.1</c> or <c>010.0.0.1</c> is an address that nobody
/// meant, and whoever has it could pretend to be anybody.
/// </summary>
public static class ProxyNetwork
{
    private const string Expectation = "expected one such as 127.0.0.1, 10.0.0.0/8 or fd00::/8";

    /// <summary>Reads an address, or a network in CIDR notation.</summary>
    /// <returns>The network; of an address the one that it is alone in.</returns>
    /// <exception cref="FormatException">It is neither; the message names it and what was expected.</exception>
    public static IPNetwork Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (Address(slash < 0 ? text : text[..slash]) is not { } address)
        {
            throw new FormatException($"'{text}' is neither an address nor a network; {Expectation}");
        }

        if (slash < 0)
        {
            var single = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return new IPNetwork(single, single.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }

        if (!IPNetwork.TryParse(text, out var network) || network.BaseAddress.ToString() != address.ToString())
        {
            throw new FormatException($"'{text}' is no network: the bits behind its prefix have to be 0; {Expectation}");
        }

        return network.PrefixLength > 0 ? network
            : throw new FormatException($"'{text}' is everybody, who could then pretend to be anybody; {Expectation}");
    }

    private static IPAddress? Address(string text)
        => IPAddress.TryParse(text, out var address)
            && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : text.AsSpan().IndexOfAny('[', '%') < 0)
            ? address : null;
}
