using System.Diagnostics;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>A folder on a file system of its own, in memory and of a few pages, that can be made read-only.</summary>
public sealed class FullDisk : IDisposable
{
    private const int PageSize = 4096;
    private readonly string path;

    private FullDisk(string path) => this.path = path;

    /// <summary>Mounts one on a folder. Where that is not allowed the test is skipped, in CI it fails.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    /// <param name="pages">Size in pages of 4 KiB: each file takes one at least.</param>
    public static FullDisk Mount(string path, int pages)
    {
        Directory.CreateDirectory(path);
        var failure = Run("mount", "-t", "tmpfs", "-o", $"size={pages * PageSize}", "tmpfs", path);
        Assert.SkipWhen(failure is not null && Environment.GetEnvironmentVariable("CI") != "true",
            $"no file system can be mounted here: {failure}");
        Assert.Null(failure);
        return new FullDisk(path);
    }

    /// <summary>Gives it another size.</summary>
    public void Resize(int pages) => Assert.Null(Run("mount", "-o", $"remount,size={pages * PageSize}", path));

    /// <summary>Lets nobody write, the superuser included.</summary>
    public void MakeReadOnly() => Assert.Null(Run("mount", "-o", "remount,ro", path));

    /// <summary>Lets writers write again.</summary>
    public void MakeWritable() => Assert.Null(Run("mount", "-o", "remount,rw", path));

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "-l", path);

    /// <summary>What a program says when it fails; null when it does not.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
