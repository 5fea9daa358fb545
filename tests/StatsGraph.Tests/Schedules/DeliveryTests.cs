using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Deliveries;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Schedules;

/// <summary>Files reach a real server for e-mail and a real receiver of webhooks, or it is said why not, without anything secret.</summary>
public sealed class DeliveryTests : IDisposable
{
    private static readonly DateTimeOffset Made = SomeSchedules.At("2026-11-04T05:00:12Z");
    private static readonly byte[] Content = [.. Encoding.UTF8.GetBytes("a;b\r\n"), 0, 255, .. RandomNumberGenerator.GetBytes(100_000)];

    private static readonly Delivery Some = new(
        "0123456789abcdef0123456789abcdef", "us-report", "radio", "2026-10", SomeSchedules.At("2026-11-01T05:00:00Z"), Made, "Tuning hours: Radio Übersee, 2026-10",
        ["Revision 2.", "The data are not complete."],
        [
            new DeliveredFile("radio_US-ATH_2026-10_r2.csv", "text/csv; charset=utf-8", Content, Convert.ToHexStringLower(SHA256.HashData(Content))),
            new DeliveredFile("radio_US-ATH_2026-10_r2.json", "application/json", "{}"u8.ToArray(), Convert.ToHexStringLower(SHA256.HashData("{}"u8))),
        ]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly SomeCertificate certificate = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task An_email_is_sent_with_the_files_to_a_server_that_asks_for_tls_and_a_password(MailSecurity security)
    {
        using var receiver = new MailReceiver(certificate, isSecure: security == MailSecurity.Tls);
        var target = Mail(receiver.Port, security: security);
        await target.DeliverAsync(Some, Cancellation);
        await target.DeliverAsync(Some, Cancellation);
        var (recipients, message) = receiver.Taken[0];
        Assert.Equal(["licensing@example.org", "chief@example.org"], recipients);
        Assert.Equal(("stats@example.org", "StatsGraph"), (message.From.Mailboxes.Single().Address, message.From.Mailboxes.Single().Name));
        Assert.Equal("Tuning hours: Radio Übersee, 2026-10", message.Subject);
        Assert.Equal(Made, message.Date);
        Assert.Contains("\nThe data are not complete.\n", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(Some.Files[0].Sha256, message.TextBody!, StringComparison.Ordinal);
        Assert.Equal(Some.Files.Select(file => file.Name), message.Attachments.Select(attachment => attachment.ContentDisposition!.FileName));
        using var attached = new MemoryStream();
        await ((MimePart)message.Attachments.First()).Content!.DecodeToAsync(attached, Cancellation);
        Assert.Equal(Content, attached.ToArray());
        // A mailbox can tell that it has it already.
        Assert.Equal(2, receiver.Taken.Count);
        Assert.All(receiver.Taken, taken => Assert.Equal("0123456789abcdef0123456789abcdef@example.org", taken.Message.MessageId));
    }

    [Fact]
    public async Task What_a_server_for_email_says_is_told_without_the_password()
    {
        using var receiver = new MailReceiver(certificate) { Refuses = 1 };
        Assert.Equal(
            $"localhost:{receiver.Port}: the server refused (550): greylisted, stats who says ***", await FailAsync(Mail(receiver.Port)));
        await Mail(receiver.Port).DeliverAsync(Some, Cancellation);
        Assert.Single(receiver.Taken);

        var wrong = await FailAsync(Mail(receiver.Port, password: Secret.Of("a wrong pass phrase")));
        Assert.StartsWith($"localhost:{receiver.Port}: ", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("phrase", wrong, StringComparison.Ordinal);
        Assert.Single(receiver.Taken);
    }

    [Fact]
    public async Task A_server_for_email_that_is_another_one_or_shows_no_certificate_learns_nothing()
    {
        using var other = new SomeCertificate();
        using var receiver = new MailReceiver(other);
        Assert.StartsWith(
            $"localhost:{receiver.Port}: the connection could not be protected: ", await FailAsync(Mail(receiver.Port)), StringComparison.Ordinal);
        Assert.Empty(receiver.Taken);

        // One that takes no STARTTLS, or from which somebody on the way has taken the offer.
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var port = ((IPEndPoint)plain.LocalEndpoint).Port;
        var heard = HearAsync(plain);
        Assert.Equal($"localhost:{port}: The SMTP server does not support the STARTTLS extension.", await FailAsync(Mail(port)));
        Assert.Equal(["EHLO"], (await heard).Select(line => line.Split(' ')[0]).Where(word => word != "QUIT"));
    }

    [Fact]
    public async Task A_password_that_is_in_a_file_is_read_each_time()
    {
        using var receiver = new MailReceiver(certificate);
        var file = Path.Combine(folder.FullName, "password");
        var target = Mail(receiver.Port, password: Secret.In(file));
        Assert.StartsWith($"{file}: ", await FailAsync(target), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, " \n", Cancellation);
        Assert.Equal($"{file}: holds no secret; expected it on one line", await FailAsync(target));
        await File.WriteAllTextAsync(file, MailReceiver.Password + "\n", Cancellation);
        await target.DeliverAsync(Some, Cancellation);
        Assert.Single(receiver.Taken);
        Assert.Equal("***", Secret.In(file).ToString());
    }

    [Fact]
    public async Task A_webhook_is_signed_and_says_the_same_each_time()
    {
        await using var receiver = await HookReceiver.StartAsync();
        var clock = new ManualClock(Made);
        var target = new WebhookTarget(receiver.Address, Secret.Of(HookReceiver.Secret), TimeSpan.FromSeconds(10), clock);
        await target.DeliverAsync(Some, Cancellation);
        clock.Pass(TimeSpan.FromMinutes(5));
        await target.DeliverAsync(Some, Cancellation);
        var taken = receiver.Taken.ToArray();
        Assert.Equal((2, 0), (taken.Length, receiver.Forged));
        Assert.Equal(("1793768412", "1793768712"), (taken[0].Timestamp, taken[1].Timestamp));
        Assert.All(taken, request => Assert.Equal("0123456789abcdef0123456789abcdef", request.Id));
        Assert.Equal(taken[0].Body.GetRawText(), taken[1].Body.GetRawText());
        var data = taken[0].Body.GetProperty("data");
        Assert.Equal(("report.made", "2026-11-04T05:00:12Z"), (taken[0].Body.GetProperty("type").GetString(), taken[0].Body.GetProperty("timestamp").GetString()));
        Assert.Equal(
            ("us-report", "radio", "2026-10", "2026-11-01T05:00:00Z"),
            (data.GetProperty("schedule").GetString(), data.GetProperty("site").GetString(), data.GetProperty("period").GetString(), data.GetProperty("due").GetString()));
        Assert.Equal(Content, data.GetProperty("files")[0].GetProperty("content").GetBytesFromBase64());
        Assert.Equal(Some.Files[0].Sha256, data.GetProperty("files")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task What_a_receiver_of_webhooks_answers_is_told_without_its_path_and_no_redirect_is_followed()
    {
        await using var receiver = await HookReceiver.StartAsync();
        var target = new WebhookTarget(receiver.Address, Secret.Of(HookReceiver.Secret), TimeSpan.FromSeconds(10), TimeProvider.System);
        var origin = receiver.Address.GetLeftPart(UriPartial.Authority);
        receiver.AnswerNext(503, 307);
        Assert.Equal($"{origin} answered 503; expected 2xx", await FailAsync(target));
        Assert.Equal($"{origin} answered 307, a redirect, which is not followed; expected 2xx", await FailAsync(target));
        Assert.Equal((0, origin), (receiver.Forged, target.Address));

        var forger = new WebhookTarget(receiver.Address, Secret.Of("another secret, which is long"), TimeSpan.FromSeconds(10), TimeProvider.System);
        Assert.Equal($"{origin} answered 401; expected 2xx", await FailAsync(forger));
        Assert.Equal(1, receiver.Forged);
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task A_receiver_that_is_silent_or_gone_is_told()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var hook = new WebhookTarget(new Uri($"http://127.0.0.1:{port}/T0P-S3CRET"), Secret.Of(HookReceiver.Secret), TimeSpan.FromMilliseconds(200), TimeProvider.System);
        Assert.Equal($"http://127.0.0.1:{port} did not answer within 0.2 s", await FailAsync(hook));
        Assert.Equal($"localhost:{port}: no answer within 0.2 s", await FailAsync(Mail(port, timeout: TimeSpan.FromMilliseconds(200))));
        silent.Stop();
        Assert.StartsWith($"http://127.0.0.1:{port}: ", await FailAsync(hook), StringComparison.Ordinal);
        Assert.StartsWith($"localhost:{port}: ", await FailAsync(Mail(port)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hooks.example.org/a", true)]
    [InlineData("http://127.0.0.1:8080/a", true)]
    [InlineData("http://localhost/a", true)]
    [InlineData("http://hooks.example.org/a", false)]
    [InlineData("https://user:word@hooks.example.org/a", false)]
    [InlineData("ftp://127.0.0.1/a", false)]
    public void Files_are_sent_to_nobody_who_could_be_overheard(string address, bool isAllowed)
        => Assert.Equal(isAllowed, WebhookTarget.IsAllowed(new Uri(address)));

    [Theory]
    [InlineData("short")]
    [InlineData("whsec_MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("whsec_this is no Base64, however long it is")]
    public void A_secret_that_could_be_guessed_is_refused(string secret)
        => Assert.Equal(
            "the webhook's secret is too short; expected 24 bytes or more, or 'whsec_' and their Base64",
            Assert.Throws<ScheduleException>(() => WebhookTarget.KeyOf(secret)).Message);

    public void Dispose()
    {
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<string> FailAsync(IDeliveryTarget target)
        => (await Assert.ThrowsAsync<ScheduleException>(() => target.DeliverAsync(Some, Cancellation))).Message;

    /// <summary>Talks like a server that offers nothing, and tells what it was told.</summary>
    private static async Task<IReadOnlyList<string>> HearAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancellation);
        using var reader = new StreamReader(connection.GetStream());
        await using var writer = new StreamWriter(connection.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 plain");
        var heard = new List<string>();
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            heard.Add(line);
            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 plain");
        }

        return heard;
    }

    private MailTarget Mail(int port, Secret? password = null, TimeSpan? timeout = null, MailSecurity security = MailSecurity.StartTls)
    {
        var roots = Path.Combine(folder.FullName, "roots.pem");
        File.WriteAllText(roots, certificate.Roots);
        return new MailTarget(["licensing@example.org", "The Chief <chief@example.org>"], new MailOptions
        {
            Host = "localhost",
            Port = port,
            Security = security,
            User = MailReceiver.User,
            Password = password ?? Secret.Of(MailReceiver.Password),
            From = "StatsGraph <stats@example.org>",
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
            TrustedCertificates = roots,
        });
    }
}
