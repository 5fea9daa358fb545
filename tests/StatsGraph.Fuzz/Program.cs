using System.Diagnostics;
using System.Globalization;
using StatsGraph.Tests.Fuzz;

// Fuzzes the parser and the whole ingest: dotnet run -c Release --project tests/StatsGraph.Fuzz -- --cases 1000000 --seed 1
// Ends with status 0 when all cases are well, else 1; what fails is written beside, as small as it could be made.
const long MostMemory = 1L << 30;
var patience = TimeSpan.FromMinutes(3);

if (!TryRead("--cases", 1_000_000, out var cases) || !TryRead("--seed", Random.Shared.Next(), out var seed) || args.Length % 2 > 0)
{
    Console.Error.WriteLine("expected: [--cases NUMBER] [--seed NUMBER]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{cases:N0} cases, seed {seed}");
using var run = new FuzzRun((int)seed);
using var watch = new Timer(_ => StopWhenHanging(), null, patience, TimeSpan.FromSeconds(10));
var started = Stopwatch.GetTimestamp();
var told = started;
while (run.Cases < cases)
{
    if (run.Next() is { } failure)
        return Tell(failure);
    if (Process.GetCurrentProcess().PeakWorkingSet64 is var peak and > MostMemory)
        return Fail($"peak memory {peak / 1e6:N0} MB after log {run.LogSeed}, expected no more than {MostMemory / 1e6:N0} MB");
    if (Stopwatch.GetElapsedTime(told) > TimeSpan.FromSeconds(10))
    {
        told = Stopwatch.GetTimestamp();
        Console.WriteLine(Figures());
    }
}

Console.WriteLine($"{Figures()}: all is well");
return 0;

string Figures()
{
    var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    return $"{run.Cases:N0} cases, {run.Bytes / 1e6:N0} MB in logs, {seconds:N0} s, {run.Cases / seconds:N0} cases/s, "
        + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB";
}

int Tell(FuzzFailure failure)
{
    var file = Path.GetFullPath($"fuzz-{failure.Seed}.log");
    File.WriteAllBytes(file, failure.Packing is { } packing ? FuzzLog.Pack(failure.Content, packing) : failure.Content);
    return Fail($"log {failure.Seed} ({failure.Packing?.ToString() ?? "one line"}), written to {file}: {failure.What}");
}

int Fail(string what)
{
    Console.Error.WriteLine($"--seed {seed}: {what}");
    return 1;
}

void StopWhenHanging()
{
    if (Stopwatch.GetElapsedTime(run.LogStarted) > patience)
        Environment.Exit(Fail($"log {run.LogSeed} takes longer than {patience.TotalMinutes} minutes"));
}

bool TryRead(string option, long fallback, out long value)
{
    value = fallback;
    var at = Array.IndexOf(args, option);
    return at < 0 || (at + 1 < args.Length && long.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out value));
}
