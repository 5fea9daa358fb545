using StatsGraph.Server.Edge;
using StatsGraph.Tests.Server.Auth;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>Which certificate is served, while its files change.</summary>
public sealed class LiveCertificateTests : IDisposable
{
    private readonly SomeCertificate first = new();
    private readonly SomeCertificate second = new();
    private readonly SomeCertificateFiles files = new();
    private readonly LogLines log = [];
    private readonly ManualClock clock = new(DateTimeOffset.UtcNow);

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        files.Dispose();
    }

    [Fact]
    public void A_renewed_certificate_is_taken_once_it_holds_still()
    {
        using var live = Open(files.With(first));
        Assert.Equal(first.Thumbprint, live.Served.Leaf.Thumbprint);
        files.With(second);
        live.Look();
        Assert.Equal(first.Thumbprint, live.Served.Leaf.Thumbprint);
        live.Look();
        Assert.Equal(second.Thumbprint, live.Served.Leaf.Thumbprint);
        Assert.Single(live.Served.Context.IntermediateCertificates);
        Assert.Equal([$"New connections get the certificate that is now in {files.Chain}"], log);
    }

    [Fact]
    public void A_link_that_is_swapped_is_followed_though_the_times_are_the_same()
    {
        using var live = Open(files.Linked(first));
        files.Linked(second);
        Look(live, 2);
        Assert.Equal(second.Thumbprint, live.Served.Leaf.Thumbprint);
        files.Linked(first);
        Look(live, 2);
        Assert.Equal(first.Thumbprint, live.Served.Leaf.Thumbprint);
    }

    [Fact]
    public void What_is_being_written_is_neither_taken_nor_complained_of()
    {
        using var live = Open(files.With(first));
        foreach (var length in new[] { 100, second.Chain.IndexOf("-----END", StringComparison.Ordinal) + 60, second.Chain.Length - 10, second.Chain.Length })
        {
            files.With(second.Chain[..length], first.Key);
            live.Look();
        }

        files.With(second);
        live.Look();
        Assert.Equal(first.Thumbprint, live.Served.Leaf.Thumbprint);
        Assert.Empty(log);
        live.Look();
        Assert.Equal(second.Thumbprint, live.Served.Leaf.Thumbprint);
        Assert.Single(live.Served.Context.IntermediateCertificates);
    }

    public static TheoryData<string> Faults => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_cannot_be_used_changes_nothing_is_told_once_and_can_be_mended(string name)
    {
        using var live = Open(files.With(first));
        All[name].Break(files, second);
        Look(live, 5);
        Assert.Equal(first.Thumbprint, live.Served.Leaf.Thumbprint);
        var line = Assert.Single(log);
        Assert.StartsWith($"The certificate stays the one that was read before: setting {Told(name)}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("MIG", line, StringComparison.Ordinal);

        files.With(second);
        Look(live, 2);
        Assert.Equal(second.Thumbprint, live.Served.Leaf.Thumbprint);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Nothing_starts_with_what_cannot_be_used(string name)
    {
        All[name].Break(files.With(first), second);
        var failure = Assert.Throws<CertificateException>(() => Open(files));
        Assert.StartsWith($"setting {Told(name)}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_may_be_in_the_same_file()
    {
        files.With(first.Key + first.Chain, "");
        using var live = new LiveCertificate(new CertificateFiles(files.Chain, files.Chain), clock, log);
        Assert.Equal(first.Thumbprint, live.Served.Leaf.Thumbprint);
    }

    [Fact]
    public void One_that_has_expired_is_served_and_warned_of_once_also_when_that_happens_later()
    {
        using var expired = new SomeCertificate(notAfter: -1);
        using var early = new SomeCertificate(notBefore: 1);
        using var live = Open(files.With(expired));
        Look(live, 3);
        Assert.Equal(expired.Thumbprint, live.Served.Leaf.Thumbprint);
        Assert.Matches($"^The certificate in {files.Chain} has expired on [-0-9]{{10}} [:0-9]{{8}}Z: clients will not accept it$", Assert.Single(log));

        files.With(early);
        Look(live, 3);
        Assert.Contains(" is not valid before ", log[^1], StringComparison.Ordinal);
        clock.Pass(TimeSpan.FromDays(2));
        var lines = log.Count;
        Look(live, 3);
        Assert.Equal(lines, log.Count);
        clock.Pass(TimeSpan.FromDays(100));
        Look(live, 3);
        Assert.Equal(lines + 1, log.Count);
        Assert.Contains(" has expired on ", log[^1], StringComparison.Ordinal);
    }

    /// <summary>What is done to the files, and what is said of it.</summary>
    private static readonly Dictionary<string, (Action<SomeCertificateFiles, SomeCertificate> Break, string Complaint)> All = new()
    {
        ["no certificate file"] = ((files, _) => File.Delete(files.Chain), "Server:Certificate: '{chain}' cannot be read: "),
        ["no key file"] = ((files, _) => File.Delete(files.Key), "Server:CertificateKey: '{key}' cannot be read: "),
        ["a folder"] = ((files, _) => { File.Delete(files.Chain); File.CreateSymbolicLink(files.Chain, "."); }, "Server:Certificate: '{chain}' cannot be read: "),
        ["empty"] = ((files, other) => files.With("", other.Key), "Server:Certificate: '{chain}' holds no certificate in PEM format (-----BEGIN CERTIFICATE-----)"),
        ["text"] = ((files, other) => files.With("certificate", other.Key), "Server:Certificate: '{chain}' holds no certificate in PEM format (-----BEGIN CERTIFICATE-----)"),
        ["half a certificate"] = ((files, other) => files.With(other.Chain[..300], other.Key), "Server:Certificate: '{chain}' is cut off within a certificate"),
        ["half a chain"] = ((files, other) => files.With(other.Chain[..^100], other.Key), "Server:Certificate: '{chain}' is cut off within a certificate"),
        ["damaged"] = (
            (files, other) => files.With(other.Chain[..200] + new string('A', 100) + other.Chain[300..], other.Key),
            "Server:Certificate"),
        ["no key"] = ((files, other) => files.With(other.Chain, other.Chain), "Server:CertificateKey: '{key}' holds no private key in PEM format (-----BEGIN PRIVATE KEY-----)"),
        ["an encrypted key"] = (
            (files, other) => files.With(other.Chain, other.EncryptedKey),
            "Server:CertificateKey: '{key}' is encrypted; expected a key without a password, in a file that only the server can read"),
        ["half a key"] = (
            (files, other) => files.With(other.Chain, other.Key[..100]),
            "Server:CertificateKey: '{key}' holds no private key of the first certificate in '{chain}': "),
        ["another key"] = (
            (files, other) => { using var third = new SomeCertificate(); files.With(other.Chain, third.Key); },
            "Server:CertificateKey: '{key}' holds no private key of the first certificate in '{chain}': "),
        ["not for servers"] = (
            (files, _) => { using var client = new SomeCertificate(use: "1.3.6.1.5.5.7.3.2"); files.With(client); },
            "Server:Certificate: '{chain}' holds a certificate that is not for servers, first of all"),
        ["too long"] = (
            (files, other) => files.With(other.Chain + new string('\n', 1 << 20), other.Key),
            "Server:Certificate: '{chain}' is longer than 1048576 bytes"),
    };

    private string Told(string name) => All[name].Complaint
        .Replace("{chain}", files.Chain, StringComparison.Ordinal).Replace("{key}", files.Key, StringComparison.Ordinal);

    private LiveCertificate Open(SomeCertificateFiles from) => new(from.Files, clock, log);

    private static void Look(LiveCertificate live, int times)
    {
        for (var i = 0; i < times; i++)
            live.Look();
    }
}
