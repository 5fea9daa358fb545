using System.Security.Cryptography;
using System.Text;

namespace StatsGraph.Server.Edge;

/// <summary>Where the server's certificate is.</summary>
/// <param name="Certificate">Path of a PEM file: the server's certificate first, then those that lead from it to a root.</param>
/// <param name="Key">Path of a PEM file with its private key, without a password; may be the same file.</param>
public sealed record CertificateFiles(string Certificate, string Key)
{
    /// <summary>Far more than any chain has; what is longer is another file, or has no end.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>What is in the files now, good or bad.</summary>
    internal CertificateText Read()
    {
        var certificate = Read("Server:Certificate", Certificate, out var fault);
        var key = fault is null ? Read("Server:CertificateKey", Key, out fault) : [];
        return fault is not null ? new CertificateText("", "", fault, fault)
            : new CertificateText(
                Encoding.Latin1.GetString(certificate),
                Encoding.Latin1.GetString(key),
                Fault: null,
                $"{Convert.ToHexString(SHA256.HashData(certificate))} {Convert.ToHexString(SHA256.HashData(key))}");
    }

    private static byte[] Read(string setting, string path, out string? fault)
    {
        try
        {
            using var file = File.OpenRead(path);
            var content = new byte[MostBytes + 1];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            fault = length <= MostBytes ? null : FormattableString.Invariant($"setting {setting}: '{path}' is longer than {MostBytes} bytes");
            return fault is null ? content[..length] : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = $"setting {setting}: '{path}' cannot be read: {unreadable.Message}";
            return [];
        }
    }
}

/// <summary>What the files of a certificate hold at one moment.</summary>
/// <param name="Certificate">The PEM text of the chain.</param>
/// <param name="Key">The PEM text of the key.</param>
/// <param name="Fault">Why there is neither; null where both could be read.</param>
/// <param name="State">The same for the same content, or the same fault; holds nothing of the key.</param>
internal sealed record CertificateText(string Certificate, string Key, string? Fault, string State);
