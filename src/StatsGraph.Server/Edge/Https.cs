using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StatsGraph.Server.Edge;

/// <summary>TLS, where the server listens on an https address: versions 1.2 and 1.3, with the certificate that is in its files at the time.</summary>
internal static class Https
{
    /// <summary>Prepares it; without an https address nothing is read.</summary>
    /// <exception cref="FormatException">An address is https, or none, and there is no certificate.</exception>
    public static void Add(WebApplicationBuilder builder, ServerOptions options)
    {
        if (options.EachUrl.FirstOrDefault(ListenAddress.IsHttps) is not { } url)
        {
            return;
        }

        var files = options.Certificate ?? throw new FormatException(ListenAddress.CertificateMissing(url));
        builder.Services.AddSingleton(services => new LiveCertificate(
            files, options.Clock, services.GetRequiredService<ILoggerFactory>().CreateLogger("StatsGraph.Server")));
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveCertificate>());
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            var certificate = kestrel.ApplicationServices.GetRequiredService<LiveCertificate>();
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;

            // Kestrel wants to be told of a certificate, and would send it without the chain that belongs to it: each handshake gets both.
            https.ServerCertificateSelector = (_, _) => certificate.Served.Leaf;
            https.OnAuthenticate = (_, handshake) => certificate.Apply(handshake);
        }));
    }

    /// <summary>Reads the certificate, so that one that cannot be used is told before anything is served.</summary>
    /// <exception cref="CertificateException">There is none that can be used.</exception>
    public static void Check(WebApplication app) => app.Services.GetService<LiveCertificate>();
}
