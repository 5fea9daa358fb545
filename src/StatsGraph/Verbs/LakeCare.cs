using StatsGraph.Compliance.Issuing;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>
/// What the tables of a lake need now and then, so that nobody has to think of it: compaction when enough small files have gathered, and a vacuum once a
/// day, by whichever process comes first, which keeps what issued reports were made of. It only spares others work, so whatever fails is said in one line
/// and fails nothing else.
/// </summary>
/// <param name="host">Has the clock, and standard error.</param>
/// <param name="tables">The tables of the lake.</param>
/// <param name="dataFolder">Its data folder.</param>
internal sealed class LakeCare(CommandHost host, IReadOnlyList<LakeTable> tables, string dataFolder)
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenVacuums = TimeSpan.FromDays(1);

    /// <summary>Looks every minute whether something is due, until the cancellation.</summary>
    public async Task UntilStoppedAsync(CancellationToken cancellation)
    {
        var pause = Look;
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(pause, host.Clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = await Task.Run(() => TryOnce(CompactionOptions.Background, cancellation), CancellationToken.None) ? Look : PauseAfterFailure;
        }
    }

    /// <summary>Does what is due.</summary>
    /// <param name="compaction">How eager to be.</param>
    /// <param name="cancellation">Ends it; the next one goes on.</param>
    /// <returns>False when it failed; that was said on standard error.</returns>
    public bool TryOnce(CompactionOptions compaction, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            // Read but once, and only on the day's vacuum.
            var needed = new Lazy<IReadOnlyList<KeptVersion>>(() => IssuedReports.NeededVersions(dataFolder));
            foreach (var table in tables)
            {
                CareFor(table, compaction, needed, cancellation);
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure)
        {
            host.Error.WriteLine(ErrorLine.Of($"the lake could not be tidied up, which is tried again later and changes no figure: {failure.Message}"));
            return false;
        }
    }

    private void CareFor(LakeTable table, CompactionOptions compaction, Lazy<IReadOnlyList<KeptVersion>> needed, CancellationToken cancellation)
    {
        // What is damaged may be whole in the files that it came from: while something is, none is deleted.
        if (table.Compact(compaction, cancellation).Failures is [var failed, ..])
        {
            throw failed;
        }

        if (table.LastVacuum() is not { } last || host.Clock.GetUtcNow() - last >= BetweenVacuums)
        {
            table.Vacuum(new VacuumOptions { Keep = needed.Value }, cancellation);
        }
    }
}
