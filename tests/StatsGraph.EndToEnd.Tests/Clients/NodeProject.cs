namespace StatsGraph.EndToEnd.Tests.Clients;

/// <summary>A copy of the client in a folder of its own, with its packages and the types generated from this repository.</summary>
public sealed class NodeProject : IAsyncLifetime
{
    private static readonly string[] Files = [".npmrc", "package.json", "package-lock.json", "tsconfig.json", "codegen.mjs", "main.ts", "arrow.mjs"];

    private readonly TemporaryFolder folder = new();

    /// <summary>Why there is no npm to run; null where there is one.</summary>
    public static string? Missing { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "npm")))
            ? null : "npm is not installed (Debian package npm)";

    /// <summary>Absolute path of the schema that the types are generated from.</summary>
    public static string Schema => Path.Combine(Repository.Folder("schema"), "statsgraph.graphql");

    /// <summary>Absolute path of a file or folder in it.</summary>
    public string this[string name] => folder[name];

    /// <summary>Copies, fetches what the lock file names and nothing else, and generates; does nothing without npm.</summary>
    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        foreach (var file in Files)
        {
            File.Copy(Path.Combine(Repository.Folder("tests/StatsGraph.EndToEnd.Tests/Clients"), file), folder[file]);
        }

        await RunAsync("npm ci --ignore-scripts --prefer-offline");
        await RunAsync($"node codegen.mjs '{Schema}' '{Repository.Folder("queries")}' generated.ts");
    }

    /// <summary>Makes a folder in it with one file.</summary>
    public void Write(string name, string file, string text)
    {
        Directory.CreateDirectory(folder[name]);
        folder.Write(Path.Combine(name, file), text);
    }

    /// <summary>Runs a line of the shell that has to succeed; returns its standard output.</summary>
    public async Task<string> RunAsync(string line)
    {
        var end = await StatsGraphProcess.RunScriptAsync(folder, line);
        Assert.True(end.ExitStatus == 0, $"{line} ended with {end.ExitStatus}: {end.Output}{end.Error}");
        return end.Output;
    }

    /// <summary>Runs a line of the shell that has to fail; returns all that it wrote.</summary>
    public async Task<string> FailAsync(string line)
    {
        var end = await StatsGraphProcess.RunScriptAsync(folder, line);
        Assert.True(end.ExitStatus != 0, $"{line} succeeded: {end.Output}{end.Error}");
        return end.Output + end.Error;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
