using StatsGraph.Ingest.Sessions;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Following;

/// <summary>What became of all lines since the following began, over its many commits.</summary>
internal sealed class FollowTally
{
    private const int ExamplesPerReason = 3;

    private readonly Dictionary<LineClass, long> classes = Enum.GetValues<LineClass>()
        .Where(lineClass => lineClass != LineClass.Blank).ToDictionary(lineClass => lineClass, _ => 0L);

    private readonly Dictionary<string, long> rejections = new(StringComparer.Ordinal);
    private readonly List<RejectionExample> examples = [];
    private long lines;
    private long blank;
    private long known;

    /// <summary>Lines that were new.</summary>
    public long New => blank + classes.Values.Sum();

    /// <summary>Adds what an intake did.</summary>
    /// <param name="intake">The intake.</param>
    /// <param name="committed">What it committed.</param>
    /// <param name="isWhole">Whether that is all it took in; the rest of a failed one is read again, and counts then.</param>
    public void Add(LogIntake intake, CommitTally committed, bool isWhole)
    {
        known += intake.Skipped + committed.Known;
        blank += committed.Blank;
        lines += isWhole ? intake.Lines : intake.Skipped + committed.Known + committed.Blank + committed.Classes.Values.Sum();
        foreach (var (lineClass, count) in committed.Classes)
            classes[lineClass] += count;
        foreach (var (reason, count) in committed.Rejections)
            rejections[reason] = rejections.GetValueOrDefault(reason) + count;
        foreach (var example in committed.Examples)
        {
            if (examples.Count(other => other.Reason == example.Reason) < ExamplesPerReason)
                examples.Add(example);
        }
    }

    /// <summary>Everything so far.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="files">Logs read.</param>
    /// <param name="waiting">Logs whose last line is unfinished.</param>
    /// <param name="elapsed">Time since the following began.</param>
    /// <param name="problems">What stands in the way.</param>
    public IngestSummary Summary(string site, int files, long waiting, TimeSpan elapsed, IEnumerable<IngestProblem> problems) => new()
    {
        Site = site,
        Files = files,
        Lines = lines,
        Blank = blank,
        AlreadyIngested = known,
        Classes = classes,
        Rejections = new OrderedDictionary<string, long>(
            rejections.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal), StringComparer.Ordinal),
        Examples = examples,
        Waiting = waiting,
        Elapsed = elapsed,
        Problems = [.. problems],
        Notes = [],
    };
}
