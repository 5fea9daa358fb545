using System.Diagnostics;
using System.Net;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>The published server as a process, on a free port of this machine.</summary>
internal sealed class ServedProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<string> excuses = [];

    private ServedProcess(Workbench bench, string data, bool keepsAnswers, IEnumerable<(string Key, string Value)> settings)
    {
        var start = new ProcessStartInfo(bench.Command, ["serve", "--data", bench.At(data), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = bench.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("STATSGRAPH_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        if (!keepsAnswers)
            start.Environment["STATSGRAPH_Server__AnswerCacheMegabytes"] = "0";
        foreach (var (key, value) in settings)
            start.Environment["STATSGRAPH_" + key] = value;
        process = Process.Start(start)!;
        Home = new Uri(ReadHome());
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Its first page.</summary>
    public Uri Home { get; }

    /// <summary>Where it answers questions.</summary>
    public Uri GraphQL => new(Home, "graphql");

    /// <summary>Most resident memory so far, in bytes.</summary>
    public long PeakBytes => MeasuredProcess.Peak(process.Id);

    /// <summary>Resident memory, in bytes.</summary>
    public long ResidentBytes => MeasuredProcess.Resident(process.Id);

    /// <summary>Seconds of all cores so far, in user and kernel mode.</summary>
    public double CpuSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Seconds since the process was started.</summary>
    public double Age => Stopwatch.GetElapsedTime(started).TotalSeconds;

    /// <summary>What it said while it was not ready: each text once.</summary>
    public IReadOnlyList<string> Excuses => excuses;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="data">Name of the data folder.</param>
    /// <param name="keepsAnswers">Whether it keeps answers for whoever asks the same again.</param>
    /// <param name="settings">Further settings, with <c>__</c> for each colon of their keys.</param>
    public static ServedProcess Ready(Workbench bench, string data, bool keepsAnswers, params IEnumerable<(string Key, string Value)> settings)
    {
        var server = Begin(bench, data, keepsAnswers, settings);
        server.WaitUntilReady();
        return server;
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <inheritdoc cref="Ready"/>
    public static ServedProcess Begin(Workbench bench, string data, bool keepsAnswers, params IEnumerable<(string Key, string Value)> settings)
        => new(bench, data, keepsAnswers, settings);

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or said something else than yes and not yet.</exception>
    public void WaitUntilReady()
    {
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            using var response = http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(Home, "health/ready")));
            if (response.StatusCode == HttpStatusCode.OK)
                return;
            using var reader = new StreamReader(response.Content.ReadAsStream());
            var text = reader.ReadToEnd().Trim();
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
            if (!excuses.Contains(text))
                excuses.Add(text);
            Thread.Sleep(20);
        }

        throw new InvalidOperationException($"the server was not ready after {Patience}: {excuses.LastOrDefault()}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        MeasuredProcess.Terminate(process.Id);
        if (!process.WaitForExit(Farewell))
            process.Kill();
        process.Dispose();
    }

    /// <summary>What it complains of is for whoever runs the benchmarks.</summary>
    private static void Tell(string? line)
    {
        if (line is not null)
            Console.Error.WriteLine($"  server: {line}");
    }

    private string ReadHome()
    {
        var line = process.StandardOutput.ReadLine();
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Home", var url] ? url
            : throw new InvalidOperationException($"the server did not start: {line} {process.StandardError.ReadToEnd()}");
    }
}
