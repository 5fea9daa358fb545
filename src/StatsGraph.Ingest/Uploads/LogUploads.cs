using StatsGraph.Lake;

namespace StatsGraph.Ingest.Uploads;

/// <summary>
/// Takes in logs that somebody sends, by the rules and with the places of the machine that takes them. Any number of uploads at once; safe for
/// use by several threads.
/// </summary>
/// <param name="lake">The lake that they go to.</param>
/// <param name="options">What an ingest for a site needs to know; asked once for each site in use.</param>
/// <param name="limits">What one upload may bring.</param>
public sealed class LogUploads(LakeTable lake, Func<string, IngestOptions> options, UploadLimits limits) : IDisposable
{
    /// <summary>Sites whose rules and places are kept ready, at most, while nobody sends for them.</summary>
    private const int MostIdle = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Ready> ready = new(StringComparer.Ordinal);
    private long uses;

    /// <summary>What one upload may bring.</summary>
    public UploadLimits Limits => limits;

    /// <summary>Told why the lake cannot be read or written, for a log: the sender is told only that it cannot.</summary>
    public event Action<LakeException>? LakeFailed;

    /// <summary>
    /// How far a log is known: uncompressed bytes from its start whose lines are all in the lake, if the log is the one that is known; 0 for
    /// one of which nothing is known.
    /// </summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="log">Names the log, as <see cref="UploadPart.Log"/> does.</param>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public long KnownLength(string site, string log) => Find(site, log, out _)?.Length ?? 0;

    /// <summary>Whether a log is the one that is known so far.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="log">Names the log.</param>
    /// <param name="length">Uncompressed bytes of it that are said to be known.</param>
    /// <param name="hash">SHA-256 of these bytes, in lower-case hexadecimal.</param>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public bool Knows(string site, string log, long length, string hash)
        => Find(site, log, out var key) is { } known && known == UploadMark.Of(key!, log, length, hash);

    /// <summary>Whether a text can be a hash of a log.</summary>
    public static bool IsHash(string text) => UploadMark.IsHash(text);

    /// <summary>
    /// Reads an upload on the thread of the caller, which waits for the body. It is committed in pieces, as a log on disk is, and all that was
    /// read is committed before this returns, whatever ends the reading.
    /// </summary>
    /// <exception cref="LakeException">The lake cannot be read, so that nothing of the upload was.</exception>
    /// <exception cref="IngestException">The site's rules or the geolocation files are wrong.</exception>
    public UploadAnswer Take(Upload upload)
    {
        if (upload.IsDryRun)
        {
            using var trial = new LogIngest(lake, options(upload.Site) with { DryRun = true });
            return Take(trial, upload);
        }

        var ingest = Lease(upload.Site);
        try
        {
            return Take(ingest, upload);
        }
        finally
        {
            Release(upload.Site);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Uploads must have ended.</remarks>
    public void Dispose()
    {
        foreach (var site in ready.Values)
            site.Dispose();
        ready.Clear();
    }

    private UploadAnswer Take(LogIngest ingest, Upload upload)
    {
        var run = new UploadRun(ingest, upload, limits);
        var answer = run.Execute();
        if (run.Failure is { } failure)
            LakeFailed?.Invoke(failure);
        return answer;
    }

    private SourceProgress? Find(string site, string log, out LakeKey? key)
    {
        key = LakeKey.Find(options(site).DataFolder);
        return key is null ? null : lake.Progress(site, UploadMark.NameOf(key, log));
    }

    private LogIngest Lease(string site)
    {
        Ready entry;
        lock (gate)
        {
            if (!ready.TryGetValue(site, out entry!))
                ready[site] = entry = new Ready(() => new LogIngest(lake, options(site)));
            entry.Users++;
            entry.LastUse = ++uses;
        }

        try
        {
            return entry.Ingest;
        }
        catch
        {
            Release(site);
            throw;
        }
    }

    private void Release(string site)
    {
        lock (gate)
        {
            ready[site].Users--;
            foreach (var (idle, entry) in ready.Where(entry => entry.Value.Users == 0).OrderByDescending(entry => entry.Value.LastUse).Skip(MostIdle).ToList())
            {
                ready.Remove(idle);
                entry.Dispose();
            }
        }
    }

    /// <summary>What is ready for a site's uploads.</summary>
    private sealed class Ready(Func<LogIngest> open) : IDisposable
    {
        private readonly Lock opening = new();
        private LogIngest? ingest;

        /// <summary>Opened when it is asked for; one that cannot be is tried again the next time.</summary>
        public LogIngest Ingest
        {
            get
            {
                lock (opening)
                    return ingest ??= open();
            }
        }

        public int Users { get; set; }

        public long LastUse { get; set; }

        public void Dispose() => ingest?.Dispose();
    }
}
