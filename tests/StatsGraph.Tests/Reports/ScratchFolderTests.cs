using StatsGraph.Reports.Engine;

namespace StatsGraph.Tests.Reports;

public class ScratchFolderTests
{
    [Fact]
    public void A_folder_in_use_stays_and_goes_when_it_is_given_back()
    {
        var used = new ScratchFolder();
        File.WriteAllText(Path.Combine(used.Path, "scratch.duckdb"), "");
        using (var other = new ScratchFolder())
            Assert.NotEqual(used.Path, other.Path);
        Assert.True(Directory.Exists(used.Path));

        used.Dispose();
        Assert.False(Directory.Exists(used.Path));
    }

    [Fact]
    public void What_a_killed_process_left_behind_goes_with_the_next_one()
    {
        var orphan = Directory.CreateTempSubdirectory("statsgraph-scratch-");
        File.WriteAllText(Path.Combine(orphan.FullName, "in-use"), "");
        File.WriteAllText(Path.Combine(orphan.FullName, "scratch.duckdb"), "left behind");

        new ScratchFolder().Dispose();

        Assert.False(Directory.Exists(orphan.FullName));
    }

    [Fact]
    public void Folders_made_at_once_do_not_take_each_other_for_orphans()
    {
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 250; i++)
            {
                using var made = new ScratchFolder();
                Assert.True(Directory.Exists(made.Path));
            }
        });
    }
}
