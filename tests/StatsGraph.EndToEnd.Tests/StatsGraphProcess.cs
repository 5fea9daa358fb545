using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>What a finished command left behind.</summary>
public sealed record CommandResult(int ExitStatus, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>The built command as a process, with nothing of this process's configuration in its environment.</summary>
public sealed partial class StatsGraphProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Task<string> error;

    private StatsGraphProcess(Process process)
        => (this.process, error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Whether it is still running.</summary>
    public bool IsRunning => !process.HasExited;

    private static string CommandPath => Repository.Value("CommandPath");

    /// <summary>Runs the command to its end.</summary>
    /// <param name="folder">Working folder; also its folder for temporary files.</param>
    /// <param name="arguments">The words after <c>statsgraph</c>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="environment">Further environment variables.</param>
    public static async Task<CommandResult> RunAsync(
        TemporaryFolder folder, IReadOnlyList<string> arguments, string input = "", params (string Name, string Value)[] environment)
    {
        using var running = Start(folder, arguments, environment);
        await running.process.StandardInput.WriteAsync(input);
        running.process.StandardInput.Close();
        return await running.EndAsync();
    }

    /// <summary>Runs a script of the shell, in which <c>$0</c> is the command.</summary>
    public static async Task<CommandResult> RunScriptAsync(TemporaryFolder folder, string script)
    {
        using var running = Start(folder, "/bin/sh", ["-c", script, CommandPath], []);
        running.process.StandardInput.Close();
        return await running.EndAsync();
    }

    /// <summary>Starts the command and leaves its standard input open.</summary>
    public static StatsGraphProcess Start(
        TemporaryFolder folder, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
        => Start(folder, CommandPath, arguments, environment);

    private static StatsGraphProcess Start(
        TemporaryFolder folder, string program, IReadOnlyList<string> arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsConfiguration).ToList())
        {
            start.Environment.Remove(name);
        }

        // How long something takes on a busy machine is no news.
        start.Environment["STATSGRAPH_Server__SlowQuery"] = "off";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new StatsGraphProcess(Process.Start(start)!);
    }

    /// <summary>Reads standard output up to the first line that begins so; returns that line.</summary>
    public async Task<string> LineThatBeginsAsync(string beginning)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"the command ended without a line that begins '{beginning}': {await error}");
    }

    /// <summary>Writes to standard input, which stays open.</summary>
    public async Task WriteAsync(string input)
    {
        await process.StandardInput.WriteAsync(input);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public Task<CommandResult> TerminateAsync() => SignalAsync(15);

    /// <summary>Sends SIGINT, as Ctrl-C does, and waits for the end.</summary>
    public Task<CommandResult> InterruptAsync() => SignalAsync(2);

    /// <summary>Sends SIGKILL, which nothing can be done about, and waits for the end.</summary>
    public Task<CommandResult> KillAsync() => SignalAsync(9);

    /// <summary>Waits for the end.</summary>
    public async Task<CommandResult> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return new CommandResult(process.ExitCode, output, await error);
    }

    /// <summary>Most memory the process ever had resident, in bytes; null once it has ended.</summary>
    public long? PeakResidentBytes()
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : 1_024 * long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static bool IsConfiguration(string name)
        => name.StartsWith("STATSGRAPH_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name == "NO_COLOR";

    private Task<CommandResult> SignalAsync(int signal)
        => Kill(process.Id, signal) == 0 ? EndAsync() : throw new InvalidOperationException($"process {process.Id} takes no signal {signal}");

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
