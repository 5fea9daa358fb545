using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace StatsGraph.Schedules.Deliveries;

/// <summary>
/// One e-mail to some addresses, the files attached. Its <c>Message-ID</c> follows from the id of the delivery, so that a mailbox that has it already can
/// tell.
/// </summary>
/// <param name="recipients">The addresses.</param>
/// <param name="options">The server.</param>
public sealed class MailTarget(IReadOnlyList<string> recipients, MailOptions options) : IDeliveryTarget
{
    /// <inheritdoc/>
    public string Kind => "mail";

    /// <inheritdoc/>
    public string Address => string.Join(", ", recipients);

    /// <summary>Whether a text is an address of e-mail, with a name or without.</summary>
    public static bool IsAddress(string text)
        => MailboxAddress.TryParse(text, out var address) && address.Address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < address.Address.Length - 1;

    /// <inheritdoc/>
    public async Task DeliverAsync(Delivery delivery, CancellationToken cancellation)
    {
        var password = options.Password?.Read();
        using var message = Message(delivery);
        using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Timeout);
        try
        {
            Trust(client);
            await client.ConnectAsync(options.Host, options.UsedPort, SocketOptions(), limit.Token);
            if (options.User is { } user)
                await client.AuthenticateAsync(Encoding.UTF8, user, password ?? "", limit.Token);
            await client.SendAsync(message, limit.Token);
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            throw Failure(FormattableString.Invariant($"no answer within {options.Timeout.TotalSeconds} s"), late);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException or MailKit.Security.AuthenticationException
            or SslHandshakeException or NotSupportedException or InvalidOperationException or CryptographicException)
        {
            throw Failure(Secret.Redact(Secret.Redact(Told(failure), password), Encoded(password)), failure);
        }

        await LeaveAsync(client, cancellation);
    }

    /// <summary>It is delivered: what the server says to a farewell changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception failure) when (failure is IOException or ProtocolException or CommandException or OperationCanceledException)
        {
            // The message is taken.
        }
    }

    private SecureSocketOptions SocketOptions() => options.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private void Trust(SmtpClient client)
    {
        client.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        client.CheckCertificateRevocation = false;
        if (options.TrustedCertificates is not { } path)
            return;
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            using var policy = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            policy.ChainPolicy.CustomTrustStore.AddRange(roots);
            policy.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
            policy.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
            return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
                && certificate is X509Certificate2 shown && policy.Build(shown);
        };
    }

    private MimeMessage Message(Delivery delivery)
    {
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage();
        message.From.Add(from);
        message.To.AddRange(recipients.Select(recipient => MailboxAddress.Parse(recipient)));
        message.Subject = delivery.Title;
        message.Date = delivery.MadeAt;
        message.MessageId = $"{delivery.Id}@{from.Domain}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-StatsGraph-Delivery", delivery.Id);
        var body = new BodyBuilder { TextBody = Text(delivery) };
        foreach (var file in delivery.Files)
        {
            var attachment = body.Attachments.Add(file.Name, file.Content.ToArray(), ContentType.Parse(file.MediaType));
            ((MimePart)attachment).ContentTransferEncoding = ContentEncoding.Base64;
        }

        message.Body = body.ToMessageBody();
        return message;
    }

    private static string Text(Delivery delivery)
    {
        var text = new StringBuilder().Append(delivery.Title).Append("\n\n");
        foreach (var sentence in delivery.Summary)
            text.Append(sentence).Append('\n');
        text.Append("\nAttached:\n");
        foreach (var file in delivery.Files)
            text.Append("  ").Append(file.Name).Append("\n  SHA-256 ").Append(file.Sha256).Append('\n');
        return text.Append("\nSent by StatsGraph, schedule ").Append(delivery.Schedule).Append(", delivery ").Append(delivery.Id).Append(".\n").ToString();
    }

    private static string Told(Exception failure) => failure switch
    {
        SslHandshakeException { InnerException: { } inner } => "the connection could not be protected: " + inner.GetBaseException().Message,
        SslHandshakeException => "the connection could not be protected: the certificate is not one that is trusted",
        SmtpCommandException refused => FormattableString.Invariant($"the server refused ({(int)refused.StatusCode}): {refused.Message}"),
        _ => failure.Message,
    };

    /// <summary>How a password stands in a conversation.</summary>
    private static string? Encoded(string? password) => string.IsNullOrEmpty(password) ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(password));

    private ScheduleException Failure(string reason, Exception inner)
        => new(FormattableString.Invariant($"{options.Host}:{options.UsedPort}: {reason.ReplaceLineEndings(" ")}"), inner);
}
