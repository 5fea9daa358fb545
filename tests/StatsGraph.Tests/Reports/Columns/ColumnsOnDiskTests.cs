using StatsGraph.Lake;
using StatsGraph.Reports.Columns.Disk;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>What one process wrote down is what the next goes on from; what cannot be used is made again.</summary>
public sealed class ColumnsOnDiskTests : LakeTest
{
    private string Folder => Path.Combine(Data, "columns", "radio");

    [Fact]
    public void The_next_process_reads_no_line_that_one_before_has_put_in_columns()
    {
        Append(SomeLines.Every(50));
        BuildAndSave();
        Append(SomeLines.Every(20, firstHash: 500));
        var fresh = SomeFollower.Fresh(Data);
        File.Delete(Lake.Snapshot().Files[0].Path);
        using var next = new SomeFollower(Data);
        Assert.Equal(fresh, SomeFollower.Text(next.Look()));
        Assert.Empty(next.Told);
    }

    [Fact]
    public void A_compaction_meanwhile_is_no_reason_to_read_the_lines_again()
    {
        Append(SomeLines.Every(50));
        Append(SomeLines.Every(50, firstHash: 100));
        BuildAndSave();
        Append(SomeLines.Every(20, firstHash: 500));
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var chunks = Chunks();
        using var next = new SomeFollower(Data);
        Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(next.Look()));
        Assert.Equal(chunks, Chunks());
        Assert.Empty(next.Told);
    }

    [Fact]
    public void A_prune_meanwhile_is_seen()
    {
        Append(SomeLines.Every(50));
        Append(SomeLines.Every(50, firstHash: 100, SomeLines.Noon.AddDays(1)));
        BuildAndSave();
        Lake.Prune("radio", SomeLines.Noon.AddHours(5), dryRun: false, CancellationToken.None);
        using (var next = new SomeFollower(Data))
        {
            Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(next.Look()));
            next.Save();
        }

        AssertLoads();
    }

    [Theory]
    [InlineData("chunk-*", "missing")]
    [InlineData("chunk-*", "cut")]
    [InlineData("chunk-*", "flipped")]
    [InlineData("texts-*", "missing")]
    [InlineData("texts-*", "flipped")]
    [InlineData("listeners-*", "missing")]
    [InlineData("listeners-*", "flipped")]
    [InlineData(ColumnManifest.FileName, "cut")]
    [InlineData(ColumnManifest.FileName, "flipped")]
    [InlineData(ColumnManifest.FileName, "empty")]
    public void What_is_damaged_is_made_again_and_it_says_why(string pattern, string damage)
    {
        Append(SomeLines.Every(50));
        BuildAndSave();
        Damage(Directory.GetFiles(Folder, pattern)[0], damage);
        AssertMadeAgain();
    }

    [Fact]
    public void Another_format_or_byte_order_is_made_again()
    {
        Append(SomeLines.Every(50));
        BuildAndSave();
        var manifest = ColumnManifest.Read(Folder)!;
        (manifest with { Format = ColumnManifest.CurrentFormat + 1 }).Write(Folder);
        AssertMadeAgain();
        (ColumnManifest.Read(Folder)! with { IsLittleEndian = !BitConverter.IsLittleEndian }).Write(Folder);
        AssertMadeAgain();
    }

    [Fact]
    public void Other_aliases_are_seen()
    {
        Append(SomeLines.Every(50));
        BuildAndSave();
        var aliases = new Dictionary<string, string> { ["/m1"] = "/m2", ["/m3"] = "/m4" };
        using (var next = new SomeFollower(Data, aliases))
        {
            Assert.Equal(SomeFollower.Fresh(Data, aliases), SomeFollower.Text(next.Look()));
            Assert.Contains("aliases", Assert.Single(next.Told), StringComparison.Ordinal);
            next.Save();
        }

        using var same = new SomeFollower(Data, new Dictionary<string, string> { ["/m3"] = "/m4", ["/m1"] = "/m2" });
        same.Look();
        Assert.Empty(same.Told);
    }

    [Fact]
    public void Columns_of_another_lake_are_made_again()
    {
        Append(SomeLines.Every(50));
        BuildAndSave();
        Directory.Delete(Table, recursive: true);
        var other = LakeTable.Open(Data);
        Append(other, SomeLines.Every(30, firstHash: 700));
        Append(other, SomeLines.Every(30, firstHash: 800));
        AssertMadeAgain();
    }

    [Fact]
    public void Columns_of_a_state_that_the_lake_was_put_back_from_are_made_again()
    {
        Append(SomeLines.Every(50));
        Append(SomeLines.Every(50, firstHash: 100));
        BuildAndSave();
        File.Delete(Path.Combine(Log, $"{1:D20}.json"));
        var earlier = LakeTable.Open(Data);
        Append(earlier, SomeLines.Every(30, firstHash: 700));
        AssertMadeAgain();
    }

    [Fact]
    public void The_folder_may_be_deleted_while_it_is_used()
    {
        Append(SomeLines.Every(50));
        using (var follower = new SomeFollower(Data))
        {
            var set = follower.Look();
            follower.Save();
            Directory.Delete(Path.Combine(Data, "columns"), recursive: true);
            Append(SomeLines.Every(50, firstHash: 100));
            Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(follower.Look()));
            Assert.NotEmpty(ColumnsText.Of(set.Sites["radio"]));
            follower.Save();
            Assert.Empty(follower.Told);
        }

        AssertLoads();
    }

    [Fact]
    public void A_second_process_has_its_columns_in_memory_and_leaves_those_of_the_first_alone()
    {
        Append(SomeLines.Every(50));
        using var first = new SomeFollower(Data);
        first.Look();
        first.Save();
        var files = Directory.GetFiles(Folder);
        using (var second = new SomeFollower(Data))
        {
            Append(SomeLines.Every(50, firstHash: 100));
            Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(second.Look()));
            second.Save();
            second.Save();
            Assert.StartsWith("the columns are kept in memory only", Assert.Single(second.Told), StringComparison.Ordinal);
        }

        Assert.Equal(files, Directory.GetFiles(Folder));
        Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(first.Look()));
    }

    [Fact]
    public void A_data_folder_that_takes_no_files_is_told_once_and_costs_nothing_else()
    {
        Append(SomeLines.Every(50));
        File.WriteAllText(Path.Combine(Data, "columns"), "no folder");
        using var follower = new SomeFollower(Data);
        Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(follower.Look()));
        follower.Save();
        Append(SomeLines.Every(50, firstHash: 100));
        Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(follower.Look()));
        follower.Save();
        Assert.StartsWith("the columns are kept in memory only", Assert.Single(follower.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_sites_that_are_gone_go()
    {
        Append(SomeLines.Every(50));
        BuildAndSave();
        Directory.Move(Folder, Path.Combine(Data, "columns", "jazz"));
        BuildAndSave();
        Assert.Equal(["radio"], new DirectoryInfo(Path.Combine(Data, "columns")).GetDirectories().Select(folder => folder.Name));
        AssertLoads();
    }

    [Fact]
    public void A_big_site_goes_to_its_files_while_it_is_made()
    {
        for (var piece = 0; piece < 3; piece++)
            Append(SomeLines.Every(60_000, piece * 60_000, SomeLines.Noon.AddDays(piece)));
        using (var follower = new SomeFollower(Data, batchRows: 70_000))
        {
            var text = SomeFollower.Text(follower.Look());
            Assert.NotEmpty(Chunks());
            follower.Save();
            Assert.Equal(SomeFollower.Fresh(Data), text);
        }

        AssertLoads();
    }

    private void BuildAndSave()
    {
        using var follower = new SomeFollower(Data);
        follower.Look();
        follower.Save();
        Assert.Empty(follower.Told);
    }

    private string[] Chunks() => Directory.GetFiles(Folder, "chunk-*");

    private void AssertMadeAgain()
    {
        using (var next = new SomeFollower(Data))
        {
            Assert.Equal(SomeFollower.Fresh(Data), SomeFollower.Text(next.Look()));
            Assert.StartsWith("the columns of site radio are made again from the lake: ", Assert.Single(next.Told), StringComparison.Ordinal);
            next.Save();
        }

        AssertLoads();
    }

    /// <summary>Columns are loaded, and so right even where the lake itself cannot be read.</summary>
    private void AssertLoads()
    {
        var fresh = SomeFollower.Fresh(Data);
        foreach (var file in Lake.Snapshot().Files.Select(file => file.Path))
            File.Move(file, file + ".away");
        using (var next = new SomeFollower(Data))
        {
            Assert.Equal(fresh, SomeFollower.Text(next.Look()));
            Assert.Empty(next.Told);
        }

        foreach (var file in Directory.GetFiles(Table, "*.away", SearchOption.AllDirectories))
            File.Move(file, file[..^".away".Length]);
    }

    private static void Damage(string path, string damage)
    {
        var content = File.ReadAllBytes(path);
        switch (damage)
        {
            case "missing":
                File.Delete(path);
                break;
            case "cut":
                File.WriteAllBytes(path, content[..^1]);
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            default:
                content[content.Length / 2] ^= 1;
                File.WriteAllBytes(path, content);
                break;
        }
    }
}
