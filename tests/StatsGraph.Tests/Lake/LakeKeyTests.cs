using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeKeyTests : LakeTest
{
    private string KeyFile => Path.Combine(Data, "lake.key");

    [Fact]
    public void The_key_is_made_once_and_read_ever_after()
    {
        var made = LakeKey.Open(Data);
        var read = LakeKey.Open(Data);

        Assert.Equal(made.Line.ToArray(), read.Line.ToArray());
        Assert.Equal(made.Listener.ToArray(), read.Listener.ToArray());
        Assert.Equal(File.ReadAllBytes(KeyFile), made.Line.ToArray().Concat(made.Listener.ToArray()));
        Assert.Equal(16, made.Line.Length);
        Assert.Equal(16, made.Listener.Length);
        Assert.NotEqual(made.Line.ToArray(), made.Listener.ToArray());
        Assert.Equal([KeyFile], Directory.EnumerateFileSystemEntries(Data));
    }

    [Fact]
    public void Only_the_owner_may_read_the_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        LakeKey.Open(Data);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void Those_who_make_it_at_once_end_with_the_same_key()
    {
        for (var round = 0; round < 20; round++)
        {
            var folder = Path.Combine(Data, $"{round}");
            using var start = new Barrier(8);
            var keys = new byte[8][];
            var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                keys[i] = LakeKey.Open(folder).Line.ToArray();
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.All(keys, key => Assert.Equal(keys[0], key));
            Assert.Single(Directory.EnumerateFileSystemEntries(folder));
        }
    }

    [Fact]
    public void A_lake_whose_key_is_missing_gets_no_new_one()
    {
        Append(SomeLines.Every(1));

        var exception = Assert.Throws<LakeException>(() => LakeKey.Open(Data));

        Assert.Equal(
            $"{KeyFile}: the lake in {Table} has lines but its key is missing; restore the file from a backup, "
            + "since known lines and listeners cannot be recognised under another key",
            exception.Message);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void A_key_of_another_length_is_refused()
    {
        LakeKey.Open(Data);
        File.WriteAllBytes(KeyFile, new byte[31]);

        var exception = Assert.Throws<LakeException>(() => LakeKey.Open(Data));

        Assert.Equal($"{KeyFile}: the key has 31 bytes, expected 32; restore the file from a backup", exception.Message);
    }
}
