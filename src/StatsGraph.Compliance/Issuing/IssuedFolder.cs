using System.Globalization;
using StatsGraph.Lake;

namespace StatsGraph.Compliance.Issuing;

/// <summary>
/// The reports of a kind that were issued, in <c>issued/SITE/PROFILE/PERIOD/NNNN.json</c> of a data folder. A file appears whole or not at all, is on disk when it
/// is there, and is never changed. Any number of processes may read and issue at once.
/// </summary>
/// <typeparam name="TReport">The kind.</typeparam>
public sealed class IssuedFolder<TReport>
    where TReport : IssuableReport, IIssuable<TReport>
{
    private readonly string root;

    /// <param name="dataFolder">The data folder.</param>
    public IssuedFolder(string dataFolder) => root = Path.Combine(Path.GetFullPath(dataFolder), DataFolderNames.Issued);

    /// <summary>What there are reports of, for a site, in ordinal order; a period that sorts later comes first.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="profile">Name of a profile or of another thing that is reported, whatever its case; null for all of the kind.</param>
    public IReadOnlyList<IssuedKey> Keys(string site, string? profile) =>
    [
        .. Names(Path.Combine(root, site)).Where(TReport.IsNamed).Where(name => profile is null || name.Equals(profile, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
            .SelectMany(name => Names(Path.Combine(root, site, name)).OrderDescending(StringComparer.Ordinal)
                .Select(period => new IssuedKey(site, name, period)))
            .Where(key => Revisions(key).Numbers().Any()),
    ];

    /// <summary>Every revision of every site.</summary>
    /// <exception cref="ComplianceException">One is damaged; the message names its file.</exception>
    internal IEnumerable<TReport> Everything()
        => Names(root).SelectMany(site => Keys(site, profile: null)).SelectMany(key => Revisions(key).Numbers().Select(revision => Read(key, revision).Report));

    /// <summary>Number of revisions; they are numbered from 1.</summary>
    /// <exception cref="ComplianceException">One in between is missing; the message names its file.</exception>
    public int Count(IssuedKey key)
    {
        var revisions = Revisions(key);
        var numbers = revisions.Numbers().Order().ToList();
        for (var place = 0; place < numbers.Count; place++)
        {
            if (numbers[place] != place + 1)
                throw new ComplianceException($"{revisions.PathOf(place + 1)}: the revision is missing, although there is {Path.GetFileName(revisions.PathOf(numbers[^1]))}");
        }

        return numbers.Count;
    }

    /// <summary>The newest revision; null where nothing was issued.</summary>
    /// <exception cref="ComplianceException">It is damaged, or one is missing.</exception>
    public IssuedReport<TReport>? Last(IssuedKey key) => Count(key) is > 0 and var count ? Read(key, count) : null;

    /// <summary>All revisions, from the first, each found to follow the one before.</summary>
    /// <exception cref="ComplianceException">One is damaged or missing; the message names its file.</exception>
    public IReadOnlyList<IssuedReport<TReport>> All(IssuedKey key)
    {
        var all = Enumerable.Range(1, Count(key)).Select(revision => Read(key, revision)).ToList();
        foreach (var (earlier, later) in all.Zip(all.Skip(1)))
        {
            if (later.Report.Issue!.PreviousChecksum != earlier.Report.Checksum)
                throw new ComplianceException($"{earlier.Path}: the report is damaged: {Path.GetFileName(later.Path)} names another one as the revision before it");
        }

        return all;
    }

    /// <summary>A revision.</summary>
    /// <exception cref="ComplianceException">There is none of that number, or it is damaged; the message names its file.</exception>
    public IssuedReport<TReport> Read(IssuedKey key, int revision)
    {
        var path = Revisions(key).PathOf(revision);
        try
        {
            var bytes = File.ReadAllBytes(path);
            var report = ReportDocument.Read<TReport>(bytes);
            return report.Issue?.Revision == revision && report.Site.Key == key.Site && report.Name == key.Profile && report.Period.Name == key.Period
                ? new IssuedReport<TReport>(key, path, bytes, report) : throw new FormatException("it belongs to another place");
        }
        catch (FormatException damage)
        {
            throw new ComplianceException($"{path}: the report is damaged: {damage.Message}; expected it as it was issued", damage);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ComplianceException($"{path}: there is no revision {revision.ToString(CultureInfo.InvariantCulture)}; nothing of that name was issued", missing);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ComplianceException($"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>Keeps a report as a revision.</summary>
    /// <param name="key">What it is of.</param>
    /// <param name="report">The report, sealed, with its place.</param>
    /// <returns>It as it was kept; null when there is a revision of that number already.</returns>
    /// <exception cref="LakeException">The disk fails.</exception>
    internal IssuedReport<TReport>? TryAdd(IssuedKey key, TReport report)
    {
        var (revisions, revision, bytes) = (Revisions(key), report.Issue!.Revision, ReportDocument.Write(report));
        return revisions.TryCreate(revision, bytes) ? new IssuedReport<TReport>(key, revisions.PathOf(revision), bytes, report) : null;
    }

    private NumberedFiles Revisions(IssuedKey key) => new(Path.Combine(root, key.Site, key.Profile, key.Period));

    private static IEnumerable<string> Names(string folder)
        => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)) : [];
}
