using System.Reflection;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>The folder that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Absolute path of a folder of the repository.</summary>
    public static string Folder(string name) => Path.GetFullPath(Path.Combine(Value("RepositoryPath"), name));

    /// <summary>What the build tells the tests.</summary>
    public static string Value(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
