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

    /// <summary>Days for which browsers are to come by https alone.</summary>
    /// <exception cref="CommandException">It is no number of days.</exception>
    public static int HstsDays(SettingsSection server)
        => server.Integer("HstsDays", new ServerOptions().HstsDays, minimum: 0, maximum: MostHstsDays);
}
