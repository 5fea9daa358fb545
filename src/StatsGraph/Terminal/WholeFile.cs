namespace StatsGraph.Terminal;

/// <summary>Writes files that appear whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, in place of one that is there; makes its folder.</summary>
    /// <exception cref="CommandException">It cannot be written; the message names it.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var hidden = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(hidden, content, cancellation);
            File.Move(hidden, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path}: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(hidden);
        }
    }
}
