using System.Globalization;
using StatsGraph.Benchmarks.Logs;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>A folder for the run, the logs in it, and the command as it is installed.</summary>
internal sealed class Workbench : IDisposable
{
    private const string Site = "bench";

    private YearLake? year;

    /// <summary>Makes the folder and publishes the command into it.</summary>
    public Workbench(Settings settings)
    {
        Settings = settings;
        Folder = Directory.CreateTempSubdirectory("statsgraph-bench-").FullName;
        Console.WriteLine($"publishing the command into {Folder}");
        string[] quick = settings.IsTest ? ["-p:PublishReadyToRun=false", "-p:RunAnalyzers=false"] : [];
        MeasuredProcess.Run("dotnet", [
            "publish", Path.Combine(Repository(), "src", "StatsGraph"), "-c", "Release", "-o", At("command"), "-v", "quiet", "--nologo", .. quick]);
        Command = At("command/statsgraph");
    }

    public Settings Settings { get; }

    public string Folder { get; }

    /// <summary>The published executable.</summary>
    public string Command { get; }

    /// <summary>The lake of a year, made when it is first asked for and shared by all that do.</summary>
    public YearLake Year => year ??= YearLake.Make(this, "year", Settings.Sessions, Settings.Addresses);

    /// <summary>Whether something came out wrong.</summary>
    public bool HasComplaints { get; private set; }

    /// <summary>Says that something came out wrong; the run goes on, and fails at its end.</summary>
    public void Complain(string text)
    {
        HasComplaints = true;
        Console.WriteLine($"  WRONG: {text}");
    }

    /// <summary>A path in the folder.</summary>
    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>A generated log of so many lines, made once and read once, so that no rival pays for the disk.</summary>
    public string Log(int lines, int first = 0)
    {
        var path = At(string.Create(CultureInfo.InvariantCulture, $"access-{first}-{lines}.log"));
        if (!File.Exists(path))
            StationLog.Write(path, lines, first);
        Warm(path);
        return path;
    }

    /// <summary>Reads a file, so that it is in memory.</summary>
    public static void Warm(string path)
    {
        var buffer = new byte[1 << 20];
        using var file = File.OpenRead(path);
        while (file.Read(buffer) > 0)
        {
        }
    }

    /// <summary>Ingests logs into a lake, which is a new one unless it was used before.</summary>
    public Usage Ingest(string data, params IReadOnlyList<string> logs) => Ingest(data, out _, logs);

    /// <inheritdoc cref="Ingest(string, IReadOnlyList{string})"/>
    public Usage Ingest(string data, out string summary, params IReadOnlyList<string> logs)
        => MeasuredProcess.Run(Command, ["ingest", "--json", "--data", At(data), "--site", Site, .. logs], out summary);

    /// <summary>Copies a data folder that no server is on.</summary>
    public void Copy(string data, string copy)
    {
        foreach (var file in Directory.EnumerateFiles(At(data), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(At(copy), Path.GetRelativePath(At(data), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Removes a lake.</summary>
    public void Forget(string data)
    {
        if (Directory.Exists(At(data)))
            Directory.Delete(At(data), recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The folder of the repository that the benchmarks are of.</summary>
    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StatsGraph.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no StatsGraph.sln above {AppContext.BaseDirectory}; run the benchmarks from a clone of the repository");
    }
}

/// <summary>How the benchmarks run.</summary>
/// <param name="IsTest">Each once and with little data: whether they still work, not how fast.</param>
/// <param name="Lines">Lines of the log.</param>
/// <param name="Rounds">Runs of everything, one after the other in each round; the median counts.</param>
internal sealed record Settings(bool IsTest, int Lines, int Rounds)
{
    /// <summary>Sessions of the lake of a year.</summary>
    public int Sessions => IsTest ? 20_000 : 10_000_000;

    /// <summary>Addresses that they have.</summary>
    public int Addresses => IsTest ? 2_000 : 830_000;

    /// <summary>Parts that the logs of the year come in.</summary>
    public int Parts => IsTest ? 2 : 12;

    /// <summary>Sessions of the other sites of that lake, each.</summary>
    public int SmallSessions => IsTest ? 2_000 : 40_000;

    /// <summary>Different parameter values of a question.</summary>
    public int Values => IsTest ? 2 : 200;

    /// <summary>Seconds of load.</summary>
    public int LoadSeconds => IsTest ? 2 : 60;

    /// <summary>Subscribers over event streams.</summary>
    public int Streams => IsTest ? 40 : 5_000;

    /// <summary>Subscribers over WebSockets.</summary>
    public int Sockets => IsTest ? 20 : 2_000;

    /// <summary>Seconds in which nothing happens to them.</summary>
    public int IdleSeconds => IsTest ? 1 : 60;

    /// <summary>Sessions of a commit that is followed.</summary>
    public int RushSessions => IsTest ? 200 : 10_000;
}
