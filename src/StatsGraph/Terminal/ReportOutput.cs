using System.Text;

namespace StatsGraph.Terminal;

/// <summary>Writes a report to standard output, or as a file that appears whole.</summary>
/// <param name="host">Standard output, and what paths are relative to.</param>
/// <param name="folder">The folder of the file as it was given; null or <c>-</c> for standard output.</param>
internal sealed class ReportOutput(CommandHost host, string? folder)
{
    /// <summary>Writes a report; of a file the path is told on standard output.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="content">The report.</param>
    /// <param name="isText">Whether it is text in UTF-8, which a terminal shows.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="CommandException">The file cannot be written; the message names it.</exception>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, bool isText, CancellationToken cancellation)
    {
        if (folder is not (null or "-"))
        {
            var path = Path.Combine(host.Located(folder), name);
            await WholeFile.WriteAsync(path, content, cancellation);
            await host.Output.WriteLineAsync(path);
        }
        else if (isText)
        {
            await host.Output.WriteAsync(Encoding.UTF8.GetString(content.Span));
        }
        else
        {
            await using var output = host.OpenOutput();
            await output.WriteAsync(content, cancellation);
        }
    }
}
