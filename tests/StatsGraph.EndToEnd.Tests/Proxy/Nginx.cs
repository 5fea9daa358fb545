using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace StatsGraph.EndToEnd.Tests.Proxy;

/// <summary>A real nginx as the user of the tests, with a configuration and all its files in a temporary folder.</summary>
public sealed class Nginx : IAsyncDisposable
{
    private const string Executable = "/usr/sbin/nginx";

    private readonly Process process;
    private readonly Task<string> said;

    private Nginx(Process process) => (this.process, said) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Why there is no nginx to start; null where there is one.</summary>
    public static string? Missing => File.Exists(Executable) ? null : $"{Executable} is not installed (Debian package nginx)";

    /// <summary>Starts it and waits until it takes connections.</summary>
    /// <param name="folder">For its configuration and all that it writes.</param>
    /// <param name="http">What stands in the block <c>http</c>.</param>
    /// <param name="ports">Ports of 127.0.0.1 that it says there.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<Nginx> StartAsync(TemporaryFolder folder, string http, IReadOnlyList<int> ports, CancellationToken cancellation)
    {
        var configuration = folder.Write("nginx.conf", Configuration(folder, http));
        var start = new ProcessStartInfo(Executable, ["-p", folder.Path, "-e", "stderr", "-c", configuration])
        {
            RedirectStandardError = true,
        };
        var nginx = new Nginx(Process.Start(start)!);
        try
        {
            foreach (var port in ports)
            {
                await nginx.WaitUntilReadyAsync(port, cancellation);
            }

            return nginx;
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // The master ends its worker; killed, it would leave it behind.
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    /// <summary>One worker is enough. Root's workers would be somebody else, who may not write here.</summary>
    private static string Configuration(TemporaryFolder folder, string http)
        => $$"""
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        daemon off;
        worker_processes 1;
        pid {{folder["nginx.pid"]}};
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path {{folder["body"]}};
            proxy_temp_path {{folder["proxy"]}};
            fastcgi_temp_path {{folder["fastcgi"]}};
            uwsgi_temp_path {{folder["uwsgi"]}};
            scgi_temp_path {{folder["scgi"]}};
        {{http}}
        }
        """;

    private async Task WaitUntilReadyAsync(int port, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < 200 && !process.HasExited; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100, cancellation);
            }
        }

        throw new InvalidOperationException($"nginx took no connection on port {port}: {(process.HasExited ? await said : "it runs")}");
    }
}
