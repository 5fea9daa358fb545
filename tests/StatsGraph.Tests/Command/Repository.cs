namespace StatsGraph.Tests.Command;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Absolute path of the folder of the solution.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find(DirectoryInfo? folder)
        => folder is null ? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds StatsGraph.sln")
            : File.Exists(Path.Combine(folder.FullName, "StatsGraph.sln")) ? folder.FullName
            : Find(folder.Parent);
}
