using System.Diagnostics;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Fuzz;

/// <summary>A log that breaks what must hold for any bytes.</summary>
/// <param name="Seed">Seed of the log.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Content">As few of its lines as still show it.</param>
/// <param name="Packing">How it lies on disk; null for a line that is wrong by itself.</param>
public sealed record FuzzFailure(int Seed, string What, byte[] Content, FuzzPacking? Packing);

/// <summary>
/// Cases are lines, whole, damaged and rubbish. Each is parsed by itself and is then part of a log that goes the whole way into a lake. The
/// same seed gives the same cases.
/// </summary>
public sealed class FuzzRun(int seed) : IDisposable
{
    /// <summary>Lines of a log.</summary>
    public const int CasesPerLog = 2_500;

    /// <summary>Attempts to make a failing log smaller.</summary>
    private const int MostAttempts = 400;

    private readonly FuzzChecks checks = new();

    /// <summary>Cases so far.</summary>
    public long Cases { get; private set; }

    /// <summary>Bytes of all logs so far, unpacked.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the log at hand was begun; a log that takes minutes hangs.</summary>
    public long LogStarted { get; private set; } = Stopwatch.GetTimestamp();

    /// <summary>Seed of the log at hand.</summary>
    public int LogSeed { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => checks.Dispose();

    /// <summary>Tries one more log; null when all is well.</summary>
    public FuzzFailure? Next()
    {
        LogSeed = unchecked((seed * 7_919) + (int)(Cases / CasesPerLog));
        LogStarted = Stopwatch.GetTimestamp();
        var cases = FuzzLine.Many(LogSeed, CasesPerLog).ToList();
        Cases += cases.Count;
        foreach (var line in cases)
        {
            if (Wrong(() => checks.Line(line)) is { } wrong)
                return new FuzzFailure(LogSeed, wrong, line, Packing: null);
        }

        var lines = FuzzLog.Lines(LogSeed, cases);
        var packing = FuzzLog.Packing(LogSeed);
        Bytes += lines.Sum(line => (long)line.Length);
        return OfLog(lines, packing) is { } what ? new FuzzFailure(LogSeed, what, Smallest(lines, packing), packing) : null;
    }

    private string? OfLog(IEnumerable<byte[]> lines, FuzzPacking packing)
        => Wrong(() => FuzzChecks.Log([.. lines.SelectMany(line => line)], packing, linesPerCommit: LogSeed % 4 == 0 ? 600 : 250_000));

    private static string? Wrong(Func<string?> check)
    {
        try
        {
            return check();
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    /// <summary>Leaves out lines, in ever smaller groups, while what is left is wrong too.</summary>
    private byte[] Smallest(List<byte[]> lines, FuzzPacking packing)
    {
        var attempts = MostAttempts;
        for (var size = lines.Count / 2; size > 0 && attempts > 0; size /= 2)
        {
            for (var start = 0; start < lines.Count && attempts-- > 0;)
            {
                var rest = lines.Where((_, index) => index < start || index >= start + size).ToList();
                if (OfLog(rest, packing) is not null)
                    lines = rest;
                else
                    start += size;
            }
        }

        return [.. lines.SelectMany(line => line)];
    }
}
