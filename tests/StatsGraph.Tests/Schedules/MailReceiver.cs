using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Schedules;

/// <summary>A server for e-mail on a free loopback port that asks for STARTTLS and a password, and keeps what it takes.</summary>
internal sealed class MailReceiver : IDisposable
{
    public const string User = "stats";
    public const string Password = "a pass phrase, rather long";

    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate;
    private readonly Task running;
    private readonly Store store = new();

    /// <param name="certificate">What it shows.</param>
    /// <param name="isSecure">Whether the connection is protected from the beginning.</param>
    public MailReceiver(SomeCertificate certificate, bool isSecure = false)
    {
        this.certificate = X509CertificateLoader.LoadPkcs12(
            X509Certificate2.CreateFromPem(certificate.Chain, certificate.Key).Export(X509ContentType.Pkcs12), password: null);
        Port = FreePort();
        var services = new ServiceProvider();
        services.Add((IMessageStore)store);
        services.Add((IUserAuthenticator)new Doorman());
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint
            .Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).IsSecure(isSecure).AuthenticationRequired().AllowUnsecureAuthentication(false).Certificate(this.certificate));
        running = new SmtpServer.SmtpServer(options.Build(), services).StartAsync(stop.Token);
    }

    public int Port { get; }

    /// <summary>What it has taken, in order.</summary>
    public IReadOnlyList<(string[] Recipients, MimeMessage Message)> Taken => [.. store.Taken];

    /// <summary>How many of the next messages it refuses for now.</summary>
    public int Refuses
    {
        set => store.Refuses = value;
    }

    public void Dispose()
    {
        stop.Cancel();
        // It ends by the cancellation.
        Task.WhenAny(running).Wait(TimeSpan.FromSeconds(5));
        stop.Dispose();
        certificate.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Store : MessageStore
    {
        public ConcurrentQueue<(string[] Recipients, MimeMessage Message)> Taken { get; } = [];

        public int Refuses { get; set; }

        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (Refuses-- > 0)
                return new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"greylisted, {User} who says {Password}");
            using var content = new MemoryStream(buffer.ToArray());
            Taken.Enqueue(([.. transaction.To.Select(to => $"{to.User}@{to.Host}")], await MimeMessage.LoadAsync(content, cancellationToken)));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Doorman : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken)
            => Task.FromResult(user == User && password == Password);
    }
}
