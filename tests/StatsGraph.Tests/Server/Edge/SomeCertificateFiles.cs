using StatsGraph.Server.Edge;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>A folder with the files of a certificate, as certbot lays them: links to a folder of each renewal.</summary>
public sealed class SomeCertificateFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private int renewals;

    /// <summary>Path of the chain.</summary>
    public string Chain => Path.Combine(folder.FullName, "fullchain.pem");

    /// <summary>Path of the key.</summary>
    public string Key => Path.Combine(folder.FullName, "privkey.pem");

    internal CertificateFiles Files => new(Chain, Key);

    /// <summary>Writes both files in place of what is there.</summary>
    public SomeCertificateFiles With(SomeCertificate certificate) => With(certificate.Chain, certificate.Key);

    /// <summary>Writes both files in place of what is there.</summary>
    public SomeCertificateFiles With(string chain, string key)
    {
        foreach (var (path, text) in new[] { (Chain, chain), (Key, key) })
        {
            if (new FileInfo(path).LinkTarget is not null)
                File.Delete(path);
            File.WriteAllText(path, text);
        }

        return this;
    }

    /// <summary>Puts both beside what is there, and has links lead to them from now on.</summary>
    public SomeCertificateFiles Linked(SomeCertificate certificate)
    {
        var archive = folder.CreateSubdirectory($"archive{++renewals}");
        foreach (var (path, text) in new[] { (Chain, certificate.Chain), (Key, certificate.Key) })
        {
            var target = Path.Combine(archive.FullName, Path.GetFileName(path));
            File.WriteAllText(target, text);

            // The times of the new files are those of the old ones, so that nothing but what is in them tells.
            File.SetLastWriteTimeUtc(target, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            var link = path + ".new";
            File.CreateSymbolicLink(link, target);
            File.Move(link, path, overwrite: true);
        }

        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
