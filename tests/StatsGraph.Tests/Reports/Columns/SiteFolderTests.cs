using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Columns.Disk;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>What is written down is what is read again, or it is not read.</summary>
public sealed class SiteFolderTests : IDisposable
{
    private const string Aliases = "aliases";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly SiteColumnsWriter writer;
    private readonly SiteTexts texts = new();
    private readonly List<PlainSession> sessions = PlainSession.Random(new Random(1), 400);

    public SiteFolderTests()
    {
        writer = new SiteColumnsWriter(texts, maxRows: 60);
        writer.Add(PlainSession.Rows(texts, sessions[..300]), CancellationToken.None);
        texts.NetworkNames.Add(texts[TextColumn.Network].Code("AS64500"), "Documentation Net é", 17);
        texts.NetworkNames.Add(texts[TextColumn.Network].Code("AS64500"), "Another name", 4_000_000_000);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read_again()
    {
        var saved = Save();
        var loaded = Load();
        Assert.Equal(ColumnsText.Of(writer.Columns), ColumnsText.Of(saved));
        Assert.Equal(ColumnsText.Of(writer.Columns), ColumnsText.Of(loaded.Columns));
        Assert.Equal(writer.Listeners.ToArray(), loaded.Listeners.ToArray());
        Assert.Equal((17, "mark", writer.Columns.Listeners), (loaded.Version, loaded.Mark, loaded.Columns.Listeners));
        Assert.Equal(["part-a", "part-b"], loaded.LakeFiles);
    }

    [Fact]
    public void A_site_without_sessions_is_one_too()
    {
        new SiteFolder(folder.FullName).Save(new StoredColumns(3, null, [], new SiteColumns(new SiteTexts(), [], 0), Array.Empty<long>()), Aliases);
        var loaded = Load();
        Assert.Equal((3, null, 0), (loaded.Version, loaded.Mark, loaded.Columns.Listeners));
        Assert.Empty(loaded.Columns.Chunks);
    }

    [Fact]
    public void A_writer_goes_on_from_what_is_in_files()
    {
        Save();
        var loaded = Load();
        var restored = SiteColumnsWriter.Restore(loaded.Columns, loaded.Listeners.Span, maxRows: 60);
        restored.Add(PlainSession.Rows(loaded.Columns.Texts, sessions[300..]), CancellationToken.None);
        writer.Add(PlainSession.Rows(texts, sessions[300..]), CancellationToken.None);
        Assert.Equal(ColumnsText.Of(writer.Columns), ColumnsText.Of(restored.Columns));
    }

    [Fact]
    public void Only_new_chunks_are_written_and_what_is_not_needed_goes()
    {
        var site = new SiteFolder(folder.FullName);
        writer.Adopt(site.Save(State(), Aliases).Chunks);
        var before = Chunks();
        var late = sessions.Max(session => session.Start) + 5_000;
        var session = sessions[0] with { Start = late, End = late + sessions[0].Duration, Ordinal = 1_000 };
        writer.Add(PlainSession.Rows(texts, [session]), CancellationToken.None);
        site.Save(State(), Aliases);
        Assert.InRange(Chunks().Except(before).Count(), 1, 2);
        Assert.Equal(writer.Columns.Chunks.Count, Chunks().Count);
        Assert.Equal(writer.Columns.Chunks.Count + 3, folder.GetFiles().Length);
        Assert.Equal(ColumnsText.Of(writer.Columns), ColumnsText.Of(Load().Columns));
    }

    [Fact]
    public void Where_something_cannot_be_written_what_was_there_stays_and_nothing_is_left_behind()
    {
        Save();
        var before = folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal).ToList();
        var hidden = folder.CreateSubdirectory($".{ColumnManifest.FileName}.tmp");
        Assert.ThrowsAny<Exception>(() => Save());
        Assert.Equal(before, folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(ColumnsText.Of(writer.Columns), ColumnsText.Of(Load().Columns));
        hidden.Delete();
        Save();
    }

    [Fact]
    public void Chunks_that_somebody_reads_stay_readable_when_their_files_are_gone()
    {
        var saved = Save();
        foreach (var file in folder.GetFiles())
            file.Delete();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(ColumnsText.Of(writer.Columns), ColumnsText.Of(saved));
    }

    [Theory]
    [InlineData("chunk-*")]
    [InlineData("texts-*")]
    [InlineData("listeners-*")]
    public void A_file_that_is_missing_cut_longer_or_changed_is_found_out(string pattern)
    {
        Save();
        var file = folder.GetFiles(pattern)[0].FullName;
        var content = File.ReadAllBytes(file);
        byte[][] others = [content[..^1], [], [.. content, 0], Flipped(content, 0), Flipped(content, content.Length / 2)];
        Assert.All(others, other =>
        {
            File.WriteAllBytes(file, other);
            Assert.Throws<UnusableColumnsException>(() => Load());
        });
        File.WriteAllBytes(file, content);
        Load();
        File.Delete(file);
        Assert.Throws<UnusableColumnsException>(() => Load());
    }

    [Fact]
    public void A_manifest_with_any_byte_changed_is_found_out()
    {
        Save();
        var file = Path.Combine(folder.FullName, ColumnManifest.FileName);
        var content = File.ReadAllBytes(file);
        var manifest = ColumnManifest.Read(folder.FullName)!;
        for (var place = 0; place < content.Length; place++)
        {
            File.WriteAllBytes(file, Flipped(content, place));
            try
            {
                var read = ColumnManifest.Read(folder.FullName)!;
                Assert.Equal((manifest.Version, manifest.Mark, manifest.Texts), (read.Version, read.Mark, read.Texts));
                Assert.Equal(manifest.LakeFiles, read.LakeFiles);
                Assert.Equal(manifest.Chunks, read.Chunks);
            }
            catch (UnusableColumnsException)
            {
                // That is what is to be, unless only blanks were changed.
            }
        }

        File.WriteAllBytes(file, content[..(content.Length / 2)]);
        Assert.Throws<UnusableColumnsException>(() => Load());
    }

    [Fact]
    public void Another_format_byte_order_or_aliases_are_told()
    {
        Save();
        var manifest = ColumnManifest.Read(folder.FullName)!;
        Assert.Equal("the site's mount aliases were others",
            Assert.Throws<UnusableColumnsException>(() => new SiteFolder(folder.FullName).Load("others", CancellationToken.None)).Message);
        (manifest with { Format = 99 }).Write(folder.FullName);
        Assert.Equal("they are of format 99 and not 1", Assert.Throws<UnusableColumnsException>(() => Load()).Message);
        (manifest with { IsLittleEndian = !BitConverter.IsLittleEndian }).Write(folder.FullName);
        Assert.Equal("they are of a machine of another byte order", Assert.Throws<UnusableColumnsException>(() => Load()).Message);
        manifest.Write(folder.FullName);
        Load();
    }

    [Fact]
    public void Without_a_manifest_there_is_nothing_and_all_of_it_is_swept()
    {
        Save();
        File.Delete(Path.Combine(folder.FullName, ColumnManifest.FileName));
        var site = new SiteFolder(folder.FullName);
        Assert.Null(site.Load(Aliases, CancellationToken.None));
        site.Sweep();
        Assert.Empty(folder.GetFiles());
    }

    private static byte[] Flipped(byte[] content, int place)
    {
        var flipped = content.ToArray();
        flipped[place] ^= 1;
        return flipped;
    }

    private List<string> Chunks() => [.. folder.GetFiles("chunk-*").Select(file => file.Name)];

    private StoredColumns State() => new(17, "mark", ["part-a", "part-b"], writer.Columns, writer.Listeners.ToArray());

    private SiteColumns Save() => new SiteFolder(folder.FullName).Save(State(), Aliases);

    private StoredColumns Load() => new SiteFolder(folder.FullName).Load(Aliases, CancellationToken.None)!;
}
