namespace StatsGraph.Tests.Server;

/// <summary>Finds files of the repository that the tests compare the program with.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder that holds the solution, above the folder of the built tests.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "StatsGraph.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {folder} holds StatsGraph.sln.");
    }
}
