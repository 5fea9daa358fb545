using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StatsGraph.Tests.Some;

/// <summary>
/// A certificate for <c>stats.example.org</c> and this machine, of an authority below a root that nobody knows but the clients that it makes.
/// </summary>
public sealed class SomeCertificate : IDisposable
{
    /// <summary>The name that it is for, besides those of this machine.</summary>
    public const string Name = "stats.example.org";

    private readonly X509Certificate2 root;
    private readonly X509Certificate2 authority;
    private readonly X509Certificate2 leaf;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="notAfter">Days from now until it ends; fewer than none for one that has ended.</param>
    /// <param name="notBefore">Days from now until it begins.</param>
    /// <param name="use">What it is for; a server unless told otherwise.</param>
    public SomeCertificate(double notAfter = 90, double notBefore = -30, string use = "1.3.6.1.5.5.7.3.1")
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        root = Authority("root", rootKey).CreateSelfSigned(now.AddDays(-400), now.AddDays(400));
        using var bare = Authority("authority", authorityKey).Create(root, now.AddDays(-300), now.AddDays(300), Serial());
        authority = bare.CopyWithPrivateKey(authorityKey);
        var request = new CertificateRequest("CN=" + Name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        leaf = request.Create(authority, now.AddDays(notBefore), now.AddDays(notAfter), Serial());
    }

    /// <summary>Hexadecimal digits that no other certificate has.</summary>
    public string Thumbprint => leaf.Thumbprint;

    /// <summary>The certificate and that of its authority, as certbot writes them into <c>fullchain.pem</c>.</summary>
    public string Chain => leaf.ExportCertificatePem() + "\n" + authority.ExportCertificatePem() + "\n";

    /// <summary>The root and the authority below it, for a client that a server sends no more than its own certificate.</summary>
    public string Roots => root.ExportCertificatePem() + "\n" + authority.ExportCertificatePem() + "\n";

    /// <summary>The key, as certbot writes it into <c>privkey.pem</c>.</summary>
    public string Key => key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The key behind a password.</summary>
    public string EncryptedKey
        => key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));

    /// <summary>What a client accepts that knows the root and nothing else, and has to be sent all between it and the server.</summary>
    /// <param name="roots">Others that it knows, too.</param>
    public SslClientAuthenticationOptions Trust(params SomeCertificate[] roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (var certificate in roots.Append(this))
        {
            policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(certificate.root.RawData));
        }

        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        root.Dispose();
        authority.Dispose();
        leaf.Dispose();
        key.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        // Each has a name of its own, by which a client that knows several finds the right one.
        var request = new CertificateRequest($"CN=Some {name} {Convert.ToHexString(Serial())}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(16);
}
