namespace StatsGraph.Tests.Server;

/// <summary>A folder of saved documents of its own.</summary>
internal sealed class SomeQueries : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-queries-");

    public string Path => folder.FullName;

    public SomeQueries With(string file, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), text);
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
