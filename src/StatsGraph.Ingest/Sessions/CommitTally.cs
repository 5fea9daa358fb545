using System.Collections;
using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>What became of the lines that were handed to the lake: the new ones by class, the rejected ones by reason.</summary>
internal sealed class CommitTally
{
    private const int ExamplesPerReason = 3;

    private readonly long[] classes = new long[LineClassNames.All.Count];
    private readonly SortedDictionary<string, long> reasons = new(StringComparer.Ordinal);
    private readonly List<RejectionExample> examples = [];

    /// <summary>Lines with a newline that the lake had already.</summary>
    public long Known { get; private set; }

    /// <summary>New lines of all classes.</summary>
    public long New => classes.Sum();

    /// <summary>New blank lines.</summary>
    public long Blank => classes[(int)LineClass.Blank];

    /// <summary>The first few new rejected lines of each reason, in the order they were read.</summary>
    public IReadOnlyList<RejectionExample> Examples => examples;

    /// <summary>New lines by class, blank ones left out.</summary>
    public IReadOnlyDictionary<LineClass, long> Classes
        => Enum.GetValues<LineClass>().Where(lineClass => lineClass != LineClass.Blank)
            .ToDictionary(lineClass => lineClass, lineClass => classes[(int)lineClass]);

    /// <summary>New rejected lines by reason, most frequent first.</summary>
    public IReadOnlyDictionary<string, long> Rejections
        => new OrderedDictionary<string, long>(reasons.OrderByDescending(reason => reason.Value), StringComparer.Ordinal);

    /// <summary>Counts new lines of a class that were counted elsewhere.</summary>
    public void Add(LineClass lineClass, long lines) => classes[(int)lineClass] += lines;

    /// <summary>Counts lines that the lake had already, and that were counted elsewhere.</summary>
    public void AddKnown(long lines) => Known += lines;

    /// <summary>Counts new rejected lines that were counted elsewhere.</summary>
    public void AddRejected(string reason, long lines) => reasons[reason] = reasons.GetValueOrDefault(reason) + lines;

    /// <summary>Keeps an example, unless there are enough for its reason.</summary>
    public void Add(RejectionExample example)
    {
        if (examples.Count(known => known.Reason == example.Reason) < ExamplesPerReason)
            examples.Add(example);
    }

    /// <summary>Counts the rows of a batch.</summary>
    /// <param name="rowClasses">Class of each row.</param>
    /// <param name="added">Which rows were new.</param>
    [MethodImpl(PerLine.Code)]
    public void Count(ReadOnlySpan<int> rowClasses, BitArray added)
    {
        for (var row = 0; row < rowClasses.Length; row++)
        {
            if (added[row])
                classes[rowClasses[row]]++;
            else
                Known++;
        }
    }

    /// <summary>Counts rejected rows of a batch by their reasons.</summary>
    [MethodImpl(PerLine.Code)]
    public void Count(IReadOnlyList<RejectedLine> rejected, BitArray added)
    {
        foreach (var line in rejected)
        {
            if (!added[line.Row])
            {
                Known -= line.IsCut ? 1 : 0;
                continue;
            }

            var reason = line.Reason.Name();
            var count = reasons.GetValueOrDefault(reason) + 1;
            reasons[reason] = count;
            if (count <= ExamplesPerReason)
                examples.Add(new RejectionExample(line.Log.Name, line.Line, reason, line.Excerpt));
        }
    }
}
