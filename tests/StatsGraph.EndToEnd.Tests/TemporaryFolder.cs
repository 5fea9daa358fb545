namespace StatsGraph.EndToEnd.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    /// <summary>Absolute path.</summary>
    public string Path => folder.FullName;

    /// <summary>Absolute path of a file or folder in it.</summary>
    public string this[string name] => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>Writes a file.</summary>
    /// <returns>Its absolute path.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
