using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StatsGraph.Server.Edge;

/// <summary>A certificate with its key and the chain that is sent with it.</summary>
internal sealed class ServerCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AnyUse = "2.5.29.37.0";

    private readonly X509Certificate2 leaf;

    private ServerCertificate(X509Certificate2 leaf, SslStreamCertificateContext context) => (this.leaf, Context) = (leaf, context);

    /// <summary>What a handshake sends.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf => leaf;

    /// <summary>Makes the certificate of what its files hold.</summary>
    /// <exception cref="CertificateException">It cannot be used.</exception>
    public static ServerCertificate Of(CertificateFiles files, CertificateText text)
    {
        if (text.Fault is not null)
        {
            throw new CertificateException(text.Fault);
        }

        var chain = Chain(files.Certificate, text.Certificate);
        var leaf = WithKey(files, text);
        if (!IsForServers(leaf))
        {
            throw Wrong(files.Certificate, "holds a certificate that is not for servers, first of all");
        }

        try
        {
            // Offline: nothing is fetched for the chain, so that starting and renewing wait for nobody.
            return new ServerCertificate(leaf, SslStreamCertificateContext.Create(leaf, chain, offline: true));
        }
        catch (CryptographicException unusable)
        {
            throw Wrong(files.Certificate, $"cannot be used: {unusable.Message}", unusable);
        }
    }

    /// <summary>Why clients will not accept it at an instant, or null. Its names are for them to judge.</summary>
    public string? DateFault(DateTimeOffset now)
        => now.UtcDateTime > leaf.NotAfter.ToUniversalTime() ? $"has expired on {Text(leaf.NotAfter)}"
            : now.UtcDateTime < leaf.NotBefore.ToUniversalTime() ? $"is not valid before {Text(leaf.NotBefore)}"
            : null;

    private static X509Certificate2Collection Chain(string path, string text)
    {
        // The parser passes over a block that does not end, and so over all that is not written yet.
        if (Count(text, "-----BEGIN ") != Count(text, "-----END "))
        {
            throw Wrong(path, "is cut off within a certificate");
        }

        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(text);
        }
        catch (CryptographicException damaged)
        {
            throw Wrong(path, $"is damaged: {damaged.Message}", damaged);
        }

        return chain.Count > 0 ? chain : throw Wrong(path, "holds no certificate in PEM format (-----BEGIN CERTIFICATE-----)");
    }

    private static X509Certificate2 WithKey(CertificateFiles files, CertificateText text)
    {
        CertificateException WrongKey(string complaint, Exception? inner = null)
            => new($"setting Server:CertificateKey: '{files.Key}' {complaint}", inner);
        if (text.Key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw WrongKey("is encrypted; expected a key without a password, in a file that only the server can read");
        }

        if (!text.Key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw WrongKey("holds no private key in PEM format (-----BEGIN PRIVATE KEY-----)");
        }

        try
        {
            return X509Certificate2.CreateFromPem(text.Certificate, text.Key);
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw WrongKey($"holds no private key of the first certificate in '{files.Certificate}': {unfit.Message}", unfit);
        }
    }

    private static bool IsForServers(X509Certificate2 certificate)
    {
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(use => use.Value).ToList();
        return uses.Count == 0 || uses.Contains(ServerAuthentication) || uses.Contains(AnyUse);
    }

    private static CertificateException Wrong(string path, string complaint, Exception? inner = null)
        => new($"setting Server:Certificate: '{path}' {complaint}", inner);

    private static int Count(ReadOnlySpan<char> text, string mark) => MemoryExtensions.Count(text, mark);

    private static string Text(DateTime date) => date.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
