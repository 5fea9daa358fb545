using System.Net.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace StatsGraph.Server.Edge;

/// <summary>
/// The certificate of new connections, which follows its files. They are read again each second and not watched, for a renewal may swap a link
/// somewhere in their path; a few kilobytes cost nothing. What is there has to hold still from one look to the next, since a file may be half
/// written, or the key still be the old one. What cannot be used changes nothing, and the log says so once.
/// </summary>
internal sealed partial class LiveCertificate : BackgroundService
{
    /// <summary>Time between two looks; a renewed certificate is served after two of them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CertificateFiles files;
    private readonly TimeProvider clock;
    private readonly ILogger logger;

    private volatile ServerCertificate served;
    private string seen;
    private string settled;
    private string? dateFault;

    /// <param name="files">Where it is.</param>
    /// <param name="clock">Tells whether it has expired.</param>
    /// <param name="logger">Is told of certificates that cannot be used or have expired.</param>
    /// <exception cref="CertificateException">There is none that can be used.</exception>
    public LiveCertificate(CertificateFiles files, TimeProvider clock, ILogger logger)
    {
        (this.files, this.clock, this.logger) = (files, clock, logger);
        var found = files.Read();
        (seen, settled) = (found.State, found.State);
        served = ServerCertificate.Of(files, found);
        CheckDates();
    }

    /// <summary>What a handshake that begins now sends.</summary>
    public ServerCertificate Served => served;

    /// <summary>Has a handshake send it.</summary>
    public void Apply(SslServerAuthenticationOptions handshake)
    {
        handshake.ServerCertificateSelectionCallback = null;
        handshake.ServerCertificateContext = served.Context;
    }

    /// <summary>Looks at the files once.</summary>
    internal void Look()
    {
        var found = files.Read();
        if (found.State == seen && found.State != settled)
        {
            settled = found.State;
            Take(found);
        }

        seen = found.State;
        CheckDates();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private void Take(CertificateText found)
    {
        try
        {
            served = ServerCertificate.Of(files, found);
            LogRenewed(files.Certificate);
        }
        catch (CertificateException unusable)
        {
            LogKept(unusable.Message);
        }
    }

    private void CheckDates()
    {
        var fault = served.DateFault(clock.GetUtcNow());
        if (fault is not null && fault != dateFault)
        {
            LogDates(files.Certificate, fault);
        }

        dateFault = fault;
    }

    [LoggerMessage(20, LogLevel.Information, "New connections get the certificate that is now in {File}")]
    private partial void LogRenewed(string file);

    [LoggerMessage(21, LogLevel.Warning, "The certificate stays the one that was read before: {Fault}")]
    private partial void LogKept(string fault);

    [LoggerMessage(22, LogLevel.Warning, "The certificate in {File} {Fault}: clients will not accept it")]
    private partial void LogDates(string file, string fault);
}
