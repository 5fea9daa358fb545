using StatsGraph.Reports.Columns;

namespace StatsGraph.Tests.Reports.Columns;

public class SiteColumnsWriterTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(SessionChunk.MaxRows)]
    public void Rows_added_in_any_order_and_any_batches_are_the_same_columns_as_all_of_them_formed_at_once(int maxRows)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var sessions = PlainSession.Random(random, random.Next(1, 120));
            Shuffle(random, sessions, seed);
            var texts = new SiteTexts();
            var writer = new SiteColumnsWriter(texts, maxRows);
            var versions = new List<(SiteColumns Columns, List<VisitingSession> Expected)>();
            foreach (var added in Batches(random, sessions.Count))
            {
                var columns = writer.Add(PlainSession.Rows(texts, sessions[added]), CancellationToken.None);
                Assert.Same(columns, writer.Columns);
                versions.Add((columns, PlainSession.Visits(sessions[..added.End])));
                CheckChunks(columns, maxRows);
                Assert.Equal(versions[^1].Expected, Read(writer));
                if (random.Next(4) == 0)
                    writer = SiteColumnsWriter.Restore(columns, writer.Listeners, maxRows);
            }

            foreach (var (columns, expected) in versions)
                Assert.Equal(expected, PlainSession.Read(columns, new VisitLens(columns.Chunks), writer.Listeners));
        }
    }

    [Fact]
    public void Visits_under_a_minimum_duration_are_formed_of_the_sessions_that_are_left()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var sessions = PlainSession.Random(random, random.Next(1, 200));
            var texts = new SiteTexts();
            var writer = new SiteColumnsWriter(texts, maxRows: 8);
            var columns = writer.Add(PlainSession.Rows(texts, sessions), CancellationToken.None);
            foreach (var minDuration in new[] { 0, 1, 60, 100, 101, 2_000, 1L << 40 })
            {
                var lens = VisitLens.Form(columns, minDuration, CancellationToken.None);
                Assert.Equal(
                    PlainSession.Visits(sessions.Where(session => session.Duration >= minDuration)),
                    PlainSession.Read(columns, lens, writer.Listeners));
            }
        }
    }

    [Fact]
    public void A_late_session_joins_two_visits_in_chunks_that_it_does_not_lie_in()
    {
        var texts = new SiteTexts();
        var writer = new SiteColumnsWriter(texts, maxRows: 2);
        Add(writer, Session(1, "/a", 0, 1_000), Session(2, "/x", 10, 20), Session(1, "/b", 2_800, 100), Session(2, "/x", 3_000, 1));
        Add(writer, Session(1, "/c", 4_000, 100), Session(2, "/x", 9_000, 1), Session(1, "/d", 90_000, 1), Session(2, "/x", 91_000, 1));
        Assert.Equal([("/a", true, "/a"), ("/b", true, "/b"), ("/c", false, "/b"), ("/d", true, "/d")], VisitsOf(writer, 1));
        var before = writer.Columns;

        Add(writer, Session(1, "/late", 500, 600));
        Assert.Equal(
            [("/a", true, "/a"), ("/late", false, "/a"), ("/b", false, "/a"), ("/c", false, "/a"), ("/d", true, "/d")], VisitsOf(writer, 1));
        Assert.Same(before.Chunks[^1], writer.Columns.Chunks[^1]);
    }

    [Fact]
    public void A_session_goes_on_with_the_visit_of_one_that_began_chunks_ago_and_still_lasts()
    {
        var writer = new SiteColumnsWriter(new SiteTexts(), maxRows: 2);
        Add(writer, Session(1, "/long", 0, 50_000), Session(1, "/short", 5, 1));
        for (uint start = 10_000; start < 50_000; start += 10_000)
            Add(writer, Session(2, "/x", start, 1), Session(3, "/x", start, 1));
        Add(writer, Session(1, "/end", 51_799, 1), Session(1, "/next", 53_600, 1));
        Assert.Equal(
            [("/long", true, "/long"), ("/short", false, "/long"), ("/end", false, "/long"), ("/next", true, "/next")], VisitsOf(writer, 1));
    }

    [Fact]
    public void Rows_at_the_end_fill_the_last_chunk_and_leave_the_others_alone()
    {
        var writer = new SiteColumnsWriter(new SiteTexts(), maxRows: 10);
        for (uint start = 0; start < 100; start++)
        {
            var before = writer.Columns;
            Add(writer, Session(1, "/a", start * 10_000, 1));
            Assert.Equal(before.Chunks.SkipLast(1), writer.Columns.Chunks.Take(Math.Max(0, before.Chunks.Count - 1)));
        }

        Assert.Equal(Enumerable.Repeat(10, 10), writer.Columns.Chunks.Select(chunk => chunk.Rows));
    }

    [Fact]
    public void Listeners_are_numbered_as_they_come_and_keep_their_numbers()
    {
        var writer = new SiteColumnsWriter(new SiteTexts());
        var hashes = Enumerable.Range(0, 5_000).Select(number => number % 2 == 0 ? number : number * 0x1234_5678_9ABC_DEFL).ToList();
        foreach (var part in hashes.Chunk(700))
        {
            Add(writer, [.. part.Select(hash => Session(hash, "/a", 0, 1))]);
            Add(writer, [.. part.Select(hash => Session(hash, "/a", 9_000, 1))]);
        }

        Assert.Equal(hashes, writer.Listeners.ToArray());
        Assert.Equal(hashes.Count, writer.Columns.Listeners);
        Assert.Equal(hashes, SiteColumnsWriter.Restore(writer.Columns, writer.Listeners).Listeners.ToArray());
    }

    [Fact]
    public void A_writer_is_as_before_when_it_is_cancelled()
    {
        var writer = new SiteColumnsWriter(new SiteTexts());
        Add(writer, Session(1, "/a", 0, 1));
        var before = writer.Columns;
        var rows = PlainSession.Rows(before.Texts, [Session(2, "/b", 5, 1)]);

        Assert.ThrowsAny<OperationCanceledException>(() => writer.Add(rows, new CancellationToken(canceled: true)));
        Assert.Same(before, writer.Columns);
        writer.Add(rows, CancellationToken.None);
        Assert.Equal([("/b", true, "/b")], VisitsOf(writer, 2));
    }

    [Fact]
    public void Nothing_added_is_the_same_version()
    {
        var writer = new SiteColumnsWriter(new SiteTexts());
        var before = writer.Columns;
        Assert.Same(before, writer.Add(new SessionRows(0), CancellationToken.None));
        Assert.Empty(before.Chunks);
    }

    // In time order, as it came, or in any.
    private static void Shuffle(Random random, List<PlainSession> sessions, int seed)
    {
        if (seed % 3 == 0)
            sessions.Sort((x, y) => (x.Start, x.Bytes).CompareTo((y.Start, y.Bytes)));
        else if (seed % 3 == 1)
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sessions));
    }

    // All at once, one by one, or some at a time.
    private static IEnumerable<Range> Batches(Random random, int count)
    {
        var most = new[] { count, 1, 5, 40 }[random.Next(4)];
        for (int from = 0, to; from < count; from = to)
        {
            to = Math.Min(count, from + (most == count ? count : random.Next(1, most + 1)));
            yield return from..to;
        }
    }

    private static void CheckChunks(SiteColumns columns, int maxRows)
    {
        Assert.All(columns.Chunks, chunk => Assert.InRange(chunk.Rows, 1, maxRows));
        Assert.All(columns.Chunks.SkipLast(1), chunk => Assert.True(chunk.Rows >= maxRows / 2));
        Assert.All(columns.Chunks, chunk => Assert.Equal(chunk.Ends.ToArray().Max(), chunk.LastEnd));
    }

    private static PlainSession Session(long listener, string mount, uint start, uint seconds) =>
        new(SessionFlags.None, listener, start, start + seconds, seconds, 1, mount, listener, 0, null);

    private static void Add(SiteColumnsWriter writer, params PlainSession[] sessions) =>
        writer.Add(PlainSession.Rows(writer.Columns.Texts, sessions), CancellationToken.None);

    private static List<VisitingSession> Read(SiteColumnsWriter writer) =>
        PlainSession.Read(writer.Columns, new VisitLens(writer.Columns.Chunks), writer.Listeners);

    private static IEnumerable<(string? Mount, bool First, string? EntryMount)> VisitsOf(SiteColumnsWriter writer, long listener) =>
        Read(writer).Where(row => row.Session.Listener == listener).Select(row => (row.Session.Mount, row.First, row.EntryMount));
}
