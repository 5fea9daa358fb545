using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace StatsGraph.EndToEnd.Tests.Icecast;

/// <summary>A real Icecast on loopback addresses, IPv4 and IPv6, with a mount that falls back to another.</summary>
public sealed class IcecastServer : IAsyncDisposable
{
    /// <summary>Password of sources and of the administrator.</summary>
    public const string Password = "hackme";

    private const string Executable = "/usr/bin/icecast2";

    private readonly Process process;

    private IcecastServer(Process process, int port, TemporaryFolder folder)
        => (this.process, Port, AccessLog, PlaylistLog) = (process, port, folder["access.log"], folder["playlist.log"]);

    /// <summary>Why there is no Icecast to start; null where there is one.</summary>
    public static string? Missing => File.Exists(Executable) ? null : $"{Executable} is not installed (Debian package icecast2)";

    /// <summary>Port on 127.0.0.1 and on ::1.</summary>
    public int Port { get; }

    /// <summary>Path of the log it writes.</summary>
    public string AccessLog { get; }

    /// <summary>Path of its log of titles.</summary>
    public string PlaylistLog { get; }

    /// <summary>Starts it and waits until it takes connections.</summary>
    /// <param name="folder">For its configuration and logs.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="logging">Further elements of its configuration of logs.</param>
    public static async Task<IcecastServer> StartAsync(TemporaryFolder folder, CancellationToken cancellation, string logging = "")
    {
        // Icecast does not run as root: started by root, it becomes somebody who must be allowed to write here.
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        var port = FreePort();
        var configuration = folder.Write("icecast.xml", Configuration(folder.Path, port, Environment.UserName == "root", logging));
        var start = new ProcessStartInfo(Executable, ["-c", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = new IcecastServer(Process.Start(start)!, port, folder);
        await server.WaitUntilReadyAsync(cancellation);
        return server;
    }

    /// <summary>Tells it to open its logs anew.</summary>
    public void ReopenLogs()
    {
        using var kill = Process.Start("kill", ["-HUP", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it, upon which it has logged every client.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Configuration(string folder, int port, bool asRoot, string logging) =>
        $"""
        <icecast>
          <limits><clients>50</clients><sources>5</sources><source-timeout>5</source-timeout><burst-on-connect>1</burst-on-connect><burst-size>32768</burst-size></limits>
          <authentication><source-password>{Password}</source-password><admin-user>admin</admin-user><admin-password>{Password}</admin-password></authentication>
          <hostname>localhost</hostname>
          <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
          <listen-socket><port>{port}</port><bind-address>::1</bind-address></listen-socket>
          <mount><mount-name>/news.mp3</mount-name><fallback-mount>/live.mp3</fallback-mount><fallback-override>1</fallback-override></mount>
          <paths><basedir>/usr/share/icecast2</basedir><logdir>{folder}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>
          <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><playlistlog>playlist.log</playlistlog><loglevel>3</loglevel>{logging}</logging>
          <security><chroot>0</chroot>{(asRoot ? "<changeowner><user>nobody</user><group>nogroup</group></changeowner>" : "")}</security>
        </icecast>
        """;

    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.IPv6Loopback, Port, cancellation);
                return;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(100, cancellation);
            }
        }

        throw new InvalidOperationException($"Icecast took no connection on port {Port} within 10 s");
    }
}
