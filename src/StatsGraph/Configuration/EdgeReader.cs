using System.Net;
using StatsGraph.Server;
using StatsGraph.Server.Edge;

namespace StatsGraph.Configuration;

/// <summary>Reads the settings of what is between the server and the world: proxies and TLS.</summary>
internal static class EdgeReader
{
    private const int MostHstsDays = 730;

    /// <summary>The proxies that are believed.</summary>
    /// <exception cref="CommandException">One is no address or network.</exception>
    public static IReadOnlyList<IPNetwork> Proxies(SettingsSection server)
    {
        try
        {
            return [.. server.Texts("Proxies").Select(ProxyNetwork.Parse)];
        }
        catch (FormatException invalid)
        {
            throw server.Wrong("Proxies", invalid.Message);
        }
    }

    /// <summary>Where the certificate is, seen from the working folder; the key may be in the same file. Null for none.</summary>
    /// <exception cref="CommandException">There is a key alone.</exception>
    public static CertificateFiles? Certificate(SettingsSection server, string workingFolder)
    {
        var (certificate, key) = (server.Text("Certificate"), server.Text("CertificateKey"));
        return certificate is not null
            ? new CertificateFiles(Path.GetFullPath(certificate, workingFolder), Path.GetFullPath(key ?? certificate, workingFolder))
            : key is null ? null
            : throw server.Wrong("CertificateKey", $"'{key}' is of no use without Server:Certificate");
    }

    /// <summary>Origins whose pages may ask the server.</summary>
    /// <exception cref="CommandException">One is no origin.</exception>
    public static IReadOnlyList<string> Cors(SettingsSection server) => Origins(server, "Cors");

    /// <summary>A list of origins, <c>*</c> among them for all.</summary>
    /// <exception cref="CommandException">One is no origin.</exception>
    public static IReadOnlyList<string> Origins(SettingsSection section, string key)
        => section.Texts(key) is var origins && origins.FirstOrDefault(origin => origin != "*" && !IsOrigin(origin)) is { } wrong
            ? throw section.Wrong(key, $"'{wrong}' is no origin; expected one such as https://radio.example.org, or * for all")
            : origins;

    /// <summary>Days for which browsers are to come by https alone.</summary>
    /// <exception cref="CommandException">It is no number of days.</exception>
    public static int HstsDays(SettingsSection server)
        => server.Integer("HstsDays", new ServerOptions().HstsDays, minimum: 0, maximum: MostHstsDays);

    /// <summary>Whether a browser would name a page's origin so; one that has a path, a slash at its end or the default port never fits.</summary>
    private static bool IsOrigin(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var origin)
            && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
            && !text.Contains('@')
            && Uri.CheckHostName(origin.DnsSafeHost) != UriHostNameType.Unknown
            && origin.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
